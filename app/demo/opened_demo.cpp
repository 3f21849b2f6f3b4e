#include "app/demo/opened_demo.h"

#include <algorithm>

#include "core/metrics/dice.h"

namespace modascope {
namespace {

SubsetTable::Row rowOf(const Demo& demo, const DemoAnswer& answer, const LabelVolume& reference) {
  SubsetTable::Row row{answer.set, {}, 1, {}, regionsMl(*answer.labels, demo.regions)};
  const Overlap overlap(*answer.labels, reference);
  for (const Region& region : demo.regions) row.scores.push_back(overlap.dice(region));
  return row;
}

SubsetTable tableOf(const Demo& demo, const DemoNetwork& network) {
  SubsetTable table{demo.schema, demo.regions.keys(), {}};
  const bool known = demo.truth != nullptr;
  table.reference = known ? Reference::Truth : Reference::AllModalities;
  const LabelVolume& reference = known ? *demo.truth : *network.answer(demo.available())->labels;
  table.referenceMl = regionsMl(reference, demo.regions);
  for (const DemoAnswer& answer : network.answers)
    table.rows.push_back(rowOf(demo, answer, reference));
  return table;
}

}  // namespace

const std::vector<double>& OpenedDemo::ml(std::size_t network, ModalitySet set) const {
  const auto& rows = tables[network].rows;
  return std::find_if(rows.begin(), rows.end(), [set](const auto& row) { return row.set == set; })
      ->ml;
}

std::shared_ptr<const OpenedDemo> opened(Demo demo) {
  auto all = std::make_shared<OpenedDemo>(std::move(demo));
  if (all->demo.truth) all->truthMl = regionsMl(*all->demo.truth, all->demo.regions);
  for (const DemoNetwork& network : all->demo.networks)
    all->tables.push_back(tableOf(all->demo, network));
  all->disagreement = std::make_shared<const Volume>(
      disagreementOf(all->demo.networks.front(), all->demo.regions[0]));
  return all;
}

}  // namespace modascope
