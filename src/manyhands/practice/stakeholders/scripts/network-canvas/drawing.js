// How the two sheets are drawn: ties, marks and names, each with few strokes of the pen.

const LEVEL_WIDTH = [0, 0.6, 1, 1.2, 1.8, 2.2];
const LABEL = 13;

const strokeTies = (stage, pen, wanted) => {
  const groups = new Map();
  for (const at of wanted) {
    const [one, other, level, state, kind] = stage.ties[at];
    const key = kind === "opposes" ? "o" : `${level}${state === "c" || state === "d" ? state : ""}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(one, other);
  }
  for (const [key, ends] of groups) {
    pen.strokeStyle = key === "o" ? stage.look.opposed : stage.look.tie;
    pen.lineWidth = key === "o" ? 1.2 : LEVEL_WIDTH[Number(key[0])] || 0.6;
    pen.setLineDash(key === "o" ? [1, 4] : []);
    pen.beginPath();
    for (let i = 0; i < ends.length; i += 2) {
      pen.moveTo(stage.px(ends[i]), stage.py(ends[i]));
      pen.lineTo(stage.px(ends[i + 1]), stage.py(ends[i + 1]));
    }
    pen.stroke();
  }
  pen.setLineDash([]);
};

const fillMarks = (stage, pen, wanted) => {
  for (const [kind, fill, edge] of [["a", stage.look.paper, stage.look.ink], ["m", stage.look.member, stage.look.paper], ["x", stage.look.against, stage.look.paper]]) {
    pen.beginPath();
    for (const at of wanted) {
      const mark = stage.marks[at];
      if ((mark.kind === "x") !== (kind === "x") || (kind !== "x" && mark.kind !== kind)) continue;
      const [x, y, r] = [stage.px(at), stage.py(at), stage.r(at)];
      if (x < -20 || y < -20 || x > stage.width + 20 || y > stage.height + 20) continue;
      if (kind === "x") { pen.moveTo(x, y - r); pen.lineTo(x + r, y); pen.lineTo(x, y + r); pen.lineTo(x - r, y); pen.closePath(); }
      else { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 7); }
    }
    pen.fillStyle = fill;
    pen.strokeStyle = edge;
    pen.lineWidth = 1.4;
    pen.fill();
    pen.stroke();
  }
};

const names = (stage, pen, order, most) => {
  pen.font = `500 ${LABEL}px ${stage.look.font}`;
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  pen.strokeStyle = stage.look.paper;
  pen.fillStyle = stage.look.sun;
  const taken = new Set();
  let written = 0;
  for (const at of order) {
    if (written >= most) break;
    const [x, y] = [stage.px(at), stage.py(at)];
    if (x < 0 || y < 0 || x > stage.width || y > stage.height) continue;
    const name = stage.marks[at].name.length > 26 ? `${stage.marks[at].name.slice(0, 25)}…` : stage.marks[at].name;
    const wide = name.length * 7;
    const cells = [];
    for (let cx = Math.floor(x / 40); cx <= Math.floor((x + wide + 12) / 40); cx += 1) cells.push(`${cx},${Math.floor(y / 18)}`);
    if (cells.some((cell) => taken.has(cell))) continue;
    cells.forEach((cell) => taken.add(cell));
    const start = x + stage.r(at) + 5;
    pen.strokeText(name, start, y + 4);
    pen.fillText(name, start, y + 4);
    written += 1;
  }
};

export const drawBelow = (stage) => {
  const pen = stage.below.getContext("2d");
  pen.clearRect(0, 0, stage.width, stage.height);
  pen.globalAlpha = Math.max(0.16, Math.min(0.6, 900 / stage.ties.length));
  strokeTies(stage, pen, stage.ties.keys());
  pen.globalAlpha = 1;
  fillMarks(stage, pen, stage.all);
  names(stage, pen, stage.byKnown, 40);
};

export const drawAbove = (stage) => {
  const pen = stage.above.getContext("2d");
  pen.clearRect(0, 0, stage.width, stage.height);
  const at = stage.chosen >= 0 ? stage.chosen : stage.over;
  if (at < 0) return;
  if (stage.chosen >= 0) {
    pen.globalAlpha = 0.84;
    pen.fillStyle = stage.look.paper;
    pen.fillRect(0, 0, stage.width, stage.height);
    pen.globalAlpha = 1;
  }
  const ties = stage.near[at];
  const others = ties.map((tie) => (stage.ties[tie][0] === at ? stage.ties[tie][1] : stage.ties[tie][0]));
  strokeTies(stage, pen, ties);
  fillMarks(stage, pen, [...others, at]);
  pen.beginPath();
  pen.arc(stage.px(at), stage.py(at), stage.r(at) + 5, 0, 7);
  pen.strokeStyle = stage.look.member;
  pen.lineWidth = 2.5;
  pen.stroke();
  names(stage, pen, [at, ...others.sort((a, b) => stage.marks[b].known - stage.marks[a].known)], stage.chosen >= 0 ? 40 : 1);
  if (stage.over >= 0 && stage.over !== at) names(stage, pen, [stage.over], 1);
};
