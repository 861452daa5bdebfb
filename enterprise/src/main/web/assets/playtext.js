// Times of a recording, for people.
const two = (number) => String(number).padStart(2, '0');

/** Milliseconds in a recording as [1:02:03, the time of day]. */
export function text(position, started) {
  const seconds = Math.floor(position / 1000);
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return [clock, new Date(started + position).toLocaleTimeString()];
}
