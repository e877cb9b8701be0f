// What JavaScript's Unicode data make of each code point, one character each: L letter, N number, S white space, ? unassigned, - other.
let classes = '';
for (let code = 0; code <= 0x10ffff; code++) {
  const text = String.fromCodePoint(code);
  classes += /\p{L}/u.test(text) ? 'L' : /\p{N}/u.test(text) ? 'N' : /\p{White_Space}/u.test(text) ? 'S' : /\p{Cn}/u.test(text) ? '?' : '-';
}
console.log(classes);
