// What the map takes from the page round it: colours of the legend, the letters of the page.

export const colours = (figure) => {
  const look = (selector, property) => getComputedStyle(figure.querySelector(selector)).getPropertyValue(property);
  return {
    paper: look(".node-hollow", "fill"),
    ink: look(".node-hollow", "stroke"),
    member: look(".legend .c-1", "fill"),
    against: look(".legend .c-2", "fill"),
    tie: look(".legend .tie-3", "stroke"),
    opposed: look(".legend .tie-opposed", "stroke"),
    sun: getComputedStyle(document.body).getPropertyValue("color"),
    font: getComputedStyle(document.body).fontFamily,
  };
};
