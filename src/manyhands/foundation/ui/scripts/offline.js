// Says when the connection is gone, once, and takes it back when it returns.
const note = document.getElementById("offline");
const tell = () => { if (note) note.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
