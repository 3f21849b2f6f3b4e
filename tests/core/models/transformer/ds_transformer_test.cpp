#include "core/models/transformer/ds_transformer.h"

#include <QTest>
#include <limits>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/base/error.h"
#include "tests/core/models/model_checks.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

using torch::Tensor;

const ModelSizes kTiny{8, 2, 2};

/// Three modalities: 3 numbers at 4 steps, a vector of 5, 2 numbers at 6 steps.
Problem mixed() {
  return problemOf(Task::Classification, {{3, 4}, {5, 1}, {2, 6}}, 3);
}

Tensor batchOf(const Problem& problem, std::int64_t samples) {
  return torch::randn({samples, problem.inputs.total()});
}

/// γ and β away from 1 and 0, where factors and sums would not show.
class Network : public DsTransformer {
 public:
  explicit Network(const Problem& problem, const ModelSizes& sizes = kTiny, std::uint64_t seed = 7)
      : DsTransformer(sizes, problem, Seed{seed}, torch::kCPU), problem_(problem) {
    parameters().add_(0.1 * torch::randn_like(parameters()));
  }

  /// Rows [M·R, P] of cotangents c [N, M, R, K] by the tensor library, one at a time, in double
  /// precision.
  Tensor rowsByAutograd(const Tensor& x, const Tensor& c) const {
    ParameterValues leaves;
    for (const Tensor& value : values())
      leaves.push_back(value.to(torch::kFloat64).requires_grad_(true));
    std::vector<Tensor> rows;
    for (const ModalityId id : problem_.schema.ids()) {
      const Tensor f = branch(leaves, featuresOf(x.to(torch::kFloat64), id), id);
      const auto own = c.to(torch::kFloat64).select(1, static_cast<std::int64_t>(id.index()));
      for (const Tensor& one : own.unbind(1)) rows.push_back(row(f, leaves, one));
    }
    return torch::stack(rows);
  }

 private:
  static Tensor row(const Tensor& f, const ParameterValues& leaves, const Tensor& c) {
    std::vector<Tensor> parts;
    const auto gradients = torch::autograd::grad({f}, leaves, {c}, true, false, true);
    for (std::size_t b = 0; b < leaves.size(); ++b)
      parts.push_back(
          (gradients[b].defined() ? gradients[b] : torch::zeros_like(leaves[b])).flatten());
    return torch::cat(parts).detach();
  }

  Problem problem_;
};

double lengthOf(const Tensor& t) {
  return t.to(torch::kFloat64).norm().item<double>();
}

/// The first row and block [in words] that is further than 1e-5 of its length from what it should
/// be. Biases of keys cancel in the softmax: what is left of them is rounding.
QString difference(const ParameterLayout& layout, const Tensor& rows, const Tensor& expected) {
  for (std::int64_t r = 0; r < rows.size(0); ++r)
    for (const ParameterBlock& block : layout.blocks()) {
      const auto is = rows[r].narrow(0, block.offset, block.size);
      const auto should = expected[r].narrow(0, block.offset, block.size);
      if (!(lengthOf(is - should) <= 1e-5 * lengthOf(should) + 1e-7 * lengthOf(expected[r])))
        return QString("row %1, %2: %3 off, of %4")
            .arg(r)
            .arg(QString::fromStdString(block.name))
            .arg(lengthOf(is - should))
            .arg(lengthOf(should));
    }
  return {};
}

}  // namespace

class DsTransformerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void everyModalityGivesLogitsOfItsOwn() {
    const Problem problem = mixed();
    const Network net(problem);
    const auto x = batchOf(problem, 5);
    QCOMPARE(net.record(x)->logits().sizes(), at::IntArrayRef({5, 3, 3}));
    QCOMPARE(net.logits(x, problem.schema.all()).sizes(), at::IntArrayRef({5, 3}));
    const auto some = net.branchLogits(x.narrow(1, 12, 17), {ModalityId(1), ModalityId(2)});
    QVERIFY(torch::equal(some, net.record(x)->logits().narrow(1, 1, 2)));
  }

  void logitsAreTheMeanOfTheBranches() {
    const Problem problem = mixed();
    const Network net(problem);
    const auto x = batchOf(problem, 4);
    const auto branches = net.record(x)->logits();
    QVERIFY(torch::allclose(net.logits(x, parseModalities(problem.schema, "a,c")),
                            (branches.select(1, 0) + branches.select(1, 2)) / 2));
    QVERIFY(torch::equal(net.logits(x, parseModalities(problem.schema, "b")),
                         branches.select(1, 1).contiguous()));
  }

  void whatLiesInAnAbsentModalityDoesNotMatter() {
    const Problem problem = mixed();
    const Network net(problem);
    auto x = batchOf(problem, 2);
    const ModalitySet some = parseModalities(problem.schema, "a,c");
    const auto before = net.logits(x, some);
    x.narrow(1, problem.inputs.offset(ModalityId(1)), 5)
        .fill_(std::numeric_limits<float>::quiet_NaN());
    QVERIFY(torch::equal(net.logits(x, some), before));
  }

  void theOrderOfTheStepsCounts() {
    const Problem problem = problemOf(Task::Regression, {{2, 3}}, 1);
    const Network net(problem);
    const auto x = batchOf(problem, 1);
    const auto turned = torch::cat({x.narrow(1, 4, 2), x.narrow(1, 2, 2), x.narrow(1, 0, 2)}, 1);
    const auto all = problem.schema.all();
    QVERIFY((net.logits(x, all) - net.logits(turned, all)).abs().max().item<float>() > 1e-4);
  }

  void rowsAgreeWithAutograd_data() {
    using Shapes = std::vector<InputShape>;
    QTest::addColumn<Shapes>("shapes");
    QTest::addColumn<ModelSizes>("sizes");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("cotangents");
    const Shapes vectors{{3, 1}, {5, 1}, {1, 1}}, sequences{{3, 4}, {2, 7}};
    QTest::newRow("vectors") << vectors << ModelSizes{8, 2, 2} << 4 << 4;
    QTest::newRow("sequences") << sequences << ModelSizes{8, 2, 2} << 3 << 2;
    QTest::newRow("one head, one layer") << sequences << ModelSizes{6, 1, 1} << 2 << 3;
    QTest::newRow("many heads and layers") << sequences << ModelSizes{32, 4, 8} << 5 << 2;
    QTest::newRow("both kinds") << Shapes{{4, 1}, {3, 5}} << ModelSizes{16, 3, 4} << 3 << 2;
    QTest::newRow("one sample, one modality") << Shapes{{2, 3}} << ModelSizes{8, 2, 2} << 1 << 1;
    // 4.6 million numbers a cotangent, so that they go back in two groups.
    QTest::newRow("long sequences") << Shapes{{3, 200}, {2, 1}} << ModelSizes{32, 1, 4} << 8 << 5;
  }
  void rowsAgreeWithAutograd() {
    QFETCH(std::vector<InputShape>, shapes);
    QFETCH(ModelSizes, sizes);
    QFETCH(int, samples);
    QFETCH(int, cotangents);
    const Problem problem = problemOf(Task::Classification, shapes, 3);
    const Network net(problem, sizes);
    const auto x = batchOf(problem, samples);
    const auto modalities = static_cast<std::int64_t>(shapes.size());
    const auto c = torch::randn({samples, modalities, cotangents, 3});
    const QString words =
        difference(net.layout(), net.record(x)->pullBackRows(c), net.rowsByAutograd(x, c));
    QVERIFY2(words.isEmpty(), qPrintable(words));
  }

  void theSumIsTheSumOfTheRows() {
    const Problem problem = mixed();
    const Network net(problem);
    const auto tape = net.record(batchOf(problem, 4));
    const auto c = torch::randn({4, 3, 1, 3});
    const auto sum = tape->pullBackSum(c.squeeze(2));
    QCOMPARE(sum.sizes(), at::IntArrayRef({net.layout().total()}));
    const auto rows = tape->pullBackRows(c).to(torch::kFloat64);
    const QString words = difference(net.layout(), sum.unsqueeze(0), rows.sum(0, true));
    QVERIFY2(words.isEmpty(), qPrintable(words));
  }

  void someBranchesAreThoseOfAll() {
    const Problem problem = mixed();
    const Network net(problem);
    auto x = batchOf(problem, 4);
    const auto c = torch::randn({4, 3, 2, 3});
    const auto all = net.record(x)->pullBackRows(c).view({3, 2, -1});
    x.narrow(1, problem.inputs.offset(ModalityId(1)), 5)
        .fill_(std::numeric_limits<float>::quiet_NaN());
    const std::vector<ModalityId> which{ModalityId(0), ModalityId(2)};
    const auto indices = indicesOf(which, torch::kCPU);
    const auto rows = net.recordBranches(x, which)->pullBackRows(c.index_select(1, indices));
    const auto expected = all.index_select(0, indices).flatten(0, 1).to(torch::kFloat64);
    const QString words = difference(net.layout(), rows, expected);
    QVERIFY2(words.isEmpty(), qPrintable(words));
  }

  void rowsAreLinearInTheCotangents() {
    const Problem problem = mixed();
    const Network net(problem);
    const auto tape = net.record(batchOf(problem, 4));
    const auto one = torch::randn({4, 3, 2, 3}), other = torch::randn({4, 3, 2, 3});
    const auto apart = 2 * tape->pullBackRows(one).to(torch::kFloat64) -
                       3 * tape->pullBackRows(other).to(torch::kFloat64);
    const QString words = difference(net.layout(), tape->pullBackRows(2 * one - 3 * other), apart);
    QVERIFY2(words.isEmpty(), qPrintable(words));
  }

  void aRowReachesWhatItsModalityRunsThrough() {
    const Problem problem = problemOf(Task::Classification, {{3, 4}, {5, 2}, {2, 6}}, 3);
    const Network net(problem);
    const auto rows = net.record(batchOf(problem, 4))->pullBackRows(torch::randn({4, 3, 2, 3}));
    for (std::int64_t r = 0; r < rows.size(0); ++r)
      for (const ParameterBlock& block : net.layout().blocks()) {
        const bool runs = !block.owner || static_cast<std::int64_t>(block.owner->index()) == r / 2;
        const auto part = rows[r].narrow(0, block.offset, block.size);
        if (!runs || !block.name.ends_with(".key.linear.bias"))
          QCOMPARE(part.abs().max().item<float>() > 0, runs);
      }
  }

  void queriesAndKeysOfAVectorGetNothing() {
    const Problem problem = problemOf(Task::Classification, {{3, 1}, {5, 1}}, 3);
    const Network net(problem);
    const auto tape = net.record(batchOf(problem, 4));
    const auto rows = tape->pullBackRows(torch::randn({4, 2, 2, 3}));
    for (const ParameterBlock& block : net.layout().blocks()) {
      const bool asks = block.name.find(".query.") != std::string::npos ||
                        block.name.find(".key.") != std::string::npos;
      if (asks) QCOMPARE(rows.narrow(1, block.offset, block.size).abs().max().item<float>(), 0.0f);
    }
  }

  void theSeedFixesTheStart() {
    const auto start = [](std::uint64_t seed) {
      return DsTransformer(kTiny, mixed(), Seed{seed}, torch::kCPU).parameters();
    };
    QVERIFY(torch::equal(start(7), start(7)));
    QVERIFY(!torch::equal(start(7), start(8)));
  }

  void normalisationsStartAsSuch() {
    const DsTransformer net(kTiny, mixed(), Seed{7}, torch::kCPU);
    for (std::size_t b = 0; b < net.layout().blocks().size(); ++b)
      if (const std::string& name = net.layout()[b].name; name.find(".norm.") != std::string::npos)
        QVERIFY2(torch::all(net.parameter(b) == (name.ends_with(".weight") ? 1 : 0)).item<bool>(),
                 name.c_str());
  }

  void namesTellTheKindOfLayer() {
    const Network net(mixed());
    QCOMPARE(unconventional(net), QStringList());
    QVERIFY(parametersUnder(net.layout(), "layer.1.attention.query.linear.") > 0);
    for (const ParameterBlock& block : net.layout().blocks())
      QCOMPARE(block.owner.has_value(), block.name.starts_with("project.") ||
                                            block.name.find(".norm.") != std::string::npos);
  }

  void theDescriptionCountsEveryParameter() {
    for (const auto& problem : {mixed(), problemOf(Task::Regression, {{3, 4}}, 1)}) {
      const Network net(problem);
      QCOMPARE(net.describe().totalParameters(), net.layout().total());
      QVERIFY(net.describe().branchPerModality);
    }
  }

  void headsThatDoNotFitAreRefused() {
    QVERIFY_EXCEPTION_THROWN(DsTransformer({10, 1, 4}, mixed(), Seed{1}, torch::kCPU), Error);
  }
};

APPLESS_TEST(DsTransformerTest)
#include "ds_transformer_test.moc"
