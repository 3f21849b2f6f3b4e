#include "core/data/sample_source.h"

#include "core/data/sample_sampler.h"

namespace modascope {

std::shared_ptr<const Sampler> SampleSource::sampler(const TrainingCases& training,
                                                     const SamplerOptions& options) const {
  const SampleCut cut{options.crop, options.flip};
  return std::make_shared<const SampleSampler>(
      options, training.cases.size(),
      [training, cut, source = shared_from_this()](std::size_t i, std::mt19937_64& rng) {
        const CaseInfo& info = training.cases[i];
        return training.watch.watching(info, [&] {
          const bool kept = source->isKept(info);
          Sample sample = source->draw(info, training.fit.moments, cut, rng);
          if (!kept && training.watch.read) training.watch.read(info);
          return sample;
        });
      });
}

CaseInfo SampleSource::look(const CaseInfo& headers, const std::stop_token& /*stop*/) const {
  CaseInfo looked = headers;
  try {
    examine(headers);
  } catch (const Error& error) {
    if (error.fault() == Fault::System) throw;
    looked.verdict = Verdict::Excluded;
    looked.notes.emplace_back(error.what());
  }
  return looked;
}

const SampleSource& samplesOf(const CaseSource& source) {
  const auto* samples = dynamic_cast<const SampleSource*>(&source);
  if (samples == nullptr) throw Error("The data are volumes, not pictures or features.");
  return *samples;
}

}  // namespace modascope
