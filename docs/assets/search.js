// A pasted error message is words, not a query: what the search takes for operators becomes blanks.
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches(".md-search__input")) return;
  const words = field.value.replace(/[:^~*"]|(^|\s)[-+]+/g, " ");
  if (words !== field.value) field.value = words;
}, true);
