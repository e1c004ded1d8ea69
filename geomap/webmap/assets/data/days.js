/** Dates as whole days since 1970-01-01: arithmetic without clocks or time zones. */

/** Year, month (1 to 12), day of a day number (civil calendar). */
function toCivil(days) {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1];
}

/** Day number of a civil date. */
function fromCivil(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468;
}

/** Starts of whole bins that hold these days: days, weeks, months, years or decades by their number. */
function makeBins(first, last) {
  const days = last - first + 1;
  const edges = [];
  if (days <= 1100) {
    const step = days <= 120 ? 1 : 7;
    for (let d = first; d <= last; d += step) edges.push(d);
    return { edges, end: edges.at(-1) + step };
  }
  const step = days <= 14700 ? 1 : days <= 44000 ? 12 : 120;
  let [year, month] = toCivil(first);
  if (step > 1) month = 1;
  if (step === 120) year -= ((year % 10) + 10) % 10;
  let d = fromCivil(year, month, 1);
  while (d <= last) {
    edges.push(d);
    month += step % 12;
    year += Math.floor(step / 12);
    if (month > 12) [year, month] = [year + 1, month - 12];
    d = fromCivil(year, month, 1);
  }
  return { edges, end: d };
}
