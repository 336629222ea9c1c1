"use strict";

/* Elements are made here and nowhere from text that is parsed as HTML: words of articles only ever
   become text nodes. */
const Page = {};

Page.make = (name, attributes = {}, ...children) =>
  fill(document.createElement(name), attributes, children);

Page.draw = (name, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

Page.at = (id) => document.getElementById(id);

Page.count = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/* Run once after a burst of calls. */
Page.later = (run, wait) => {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
};
