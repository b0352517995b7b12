export class FindTab {
  constructor(place, room) {
    this.place = place;
    this.room = room;
  }

  // Each time that the tab is opened; `rest` is what stands behind its name in the address, such as a slug.
  async shown(rest) {}
}
