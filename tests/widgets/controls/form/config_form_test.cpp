#include "widgets/controls/form/config_form.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "core/config/task_settings.h"
#include "tests/test_program.h"
#include "widgets/controls/form/config_field.h"
#include "widgets/controls/form/number_box.h"

using namespace modascope;

namespace {

/// Another allowed value than the default, as one would type it.
QString otherValueOf(const ConfigKey& key) {
  if (!key.choices.empty()) return QString::fromStdString(key.choices.back());
  if (std::holds_alternative<std::string>(key.standard)) return "other";
  const double standard = std::holds_alternative<double>(key.standard)
                              ? std::get<double>(key.standard)
                              : static_cast<double>(std::get<std::int64_t>(key.standard));
  const double other = key.step                ? standard + *key.step
                       : standard == *key.most ? *key.least
                                               : *key.most;
  return QString::number(other, 'f', std::holds_alternative<double>(key.standard) ? 4 : 0);
}

QToolButton* resetOf(ConfigField* field) {
  return field->findChild<QToolButton*>();
}

}  // namespace

class ConfigFormTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everySettingGoesInAndComesOut() {
    for (const auto& key : configKeys()) {
      ConfigForm typed;
      typed.field(key.key)->type(otherValueOf(key));
      QVERIFY2(typed.problems().isEmpty(), qPrintable(typed.problems().join(' ')));
      RunConfig expected;
      setFromText(expected, key.key + "=" + otherValueOf(key).toStdString());
      QCOMPARE(toToml(typed.config()), toToml(expected));
      ConfigForm shown;
      shown.setConfig(expected);
      QCOMPARE(toToml(shown.config()), toToml(expected));
      QCOMPARE(shown.field(key.key)->text(), QString::fromStdString(toText(key.get(expected))));
    }
  }

  void aTaskBringsItsNetworksAndLeavesOutWhatMeansNothing() {
    ConfigForm form;
    form.setTask(Task::Regression);
    form.setConfig(standardFor(Task::Regression));
    const auto* kinds = form.field("model.kind")->findChild<QComboBox*>();
    QCOMPARE(kinds->count(), 3);
    QCOMPARE(kinds->currentText(), "ds-transformer");
    QVERIFY(!form.field("model.kind")->isModified());  // against this task's settings
    QVERIFY(form.field("train.crop")->isHidden());
    QVERIFY(form.field("model.width")->isHidden());
    QVERIFY(!form.field("model.embedding")->isHidden());
    form.field("train.batch")->type("7");
    form.field("train.batch")->resetToStandard();
    QCOMPARE(form.config().train.batch, 32);
    QCOMPARE(form.field("train.batch")->unit(), "samples");
    form.setTask(Task::Segmentation2d);
    QCOMPARE(form.field("train.batch")->unit(), "pictures");
    QCOMPARE(form.field("train.crop")->unit(), "pixels");
    form.setTask(Task::Segmentation3d);
    form.setConfig(RunConfig());
    QCOMPARE(form.field("train.crop")->unit(), "voxels");
    QVERIFY(!form.field("train.crop")->isHidden());
    QVERIFY(form.field("model.embedding")->isHidden());
  }

  void aWrongValueIsToldAndKept() {
    ConfigForm form;
    QSignalSpy spy(&form, &ConfigForm::changed);
    form.field("train.crop")->type("50");  // no multiple of 16
    QCOMPARE(spy.size(), 1);
    QCOMPARE(form.field("train.crop")->text(), QString("50"));
    QCOMPARE(form.problems().size(), 1);
    QVERIFY(form.problems()[0].contains("train.crop is 50"));
    QCOMPARE(form.config().train.crop, RunConfig{}.train.crop);
    form.field("train.crop")->type("64");
    QVERIFY(form.problems().isEmpty());
    QCOMPARE(form.config().train.crop, 64);
  }

  void wordsWhereANumberBelongsAreToldToo() {
    ConfigForm form;
    form.field("train.lr")->type("fast");
    QCOMPARE(form.field("train.lr")->text(), QString("fast"));
    QVERIFY(form.problems()[0].contains("train.lr"));
  }

  void typingReachesTheConfig() {
    ConfigForm form;
    form.show();
    auto* box = form.field("train.steps")->findChild<NumberBox*>();
    auto* line = box->findChild<QLineEdit*>();
    line->selectAll();
    QTest::keyClicks(line, "1234");
    QCOMPARE(form.config().train.steps, 1234);
  }

  void settingAConfigEmitsNothing() {
    ConfigForm form;
    QSignalSpy spy(&form, &ConfigForm::changed);
    auto config = preset("paper");
    config.train.steps = 7;
    form.setConfig(config);
    QCOMPARE(spy.size(), 0);
    QCOMPARE(form.config(), config);
  }

  void theSmallFormShowsTheBasicSettingsAndWhatWasChanged() {
    ConfigForm form;
    for (const auto& key : configKeys())
      QCOMPARE(!form.field(key.key)->isHidden(),
               key.basic && concerns(key.key, Task::Segmentation3d));
    RunConfig config;
    config.train.flip = 0.25;
    form.setConfig(config);
    QVERIFY(!form.field("train.flip")->isHidden());
    form.showAll(true);
    for (const auto& key : configKeys()) QVERIFY(!form.field(key.key)->isHidden());
  }

  void searchFindsKeysLabelsAndWords() {
    ConfigForm form;
    form.search("learning RATE");
    QVERIFY(!form.field("train.lr")->isHidden());
    QVERIFY(form.field("train.batch")->isHidden());
    form.search("penalty");  // in the words of weight decay
    QVERIFY(!form.field("train.weight_decay")->isHidden());
    QVERIFY(form.field("train.lr")->isHidden());
    form.search("");
    QVERIFY(!form.field("train.batch")->isHidden());
  }

  void aChangedSettingIsMarkedAndGoesBack() {
    ConfigForm form;
    auto* field = form.field("train.batch");
    QVERIFY(resetOf(field)->isHidden());
    field->type("4");
    QVERIFY(!resetOf(field)->isHidden());
    resetOf(field)->click();
    QCOMPARE(form.config().train.batch, RunConfig{}.train.batch);
    QVERIFY(resetOf(field)->isHidden());
  }

  void aPresetSetsTheTrainingAndLeavesDeviceAndName() {
    ConfigForm form;
    RunConfig config;
    config.compute.threads = 3;
    config.run.name = "mine";
    form.setConfig(config);
    QSignalSpy spy(&form, &ConfigForm::changed);
    auto* presets = form.findChild<QComboBox*>();
    const int paper = presets->findText("paper");
    presets->setCurrentIndex(paper);
    Q_EMIT presets->textActivated("paper");
    QCOMPARE(spy.size(), 1);
    QCOMPARE(form.config().train, preset("paper").train);
    QCOMPARE(form.config().compute.threads, 3);
    QCOMPARE(form.config().run.name, std::string("mine"));
    QCOMPARE(presets->currentIndex(), paper);
    form.field("train.lr")->type("0.5");
    QCOMPARE(presets->currentIndex(), -1);
  }

  void duringARunNothingCanBeChanged() {
    ConfigForm form;
    form.show();
    form.setEditable(false);
    auto* line = form.field("train.steps")->findChild<NumberBox*>()->findChild<QLineEdit*>();
    QTest::keyClicks(line, "9");
    form.field("train.steps")->findChild<NumberBox*>()->stepUp();
    for (const auto& key : configKeys()) {
      const auto* field = form.field(key.key);
      const auto editors = field->findChildren<QAbstractSpinBox*>().size() +
                           field->findChildren<QComboBox*>().size() +
                           field->findChildren<QLineEdit*>().size();
      QVERIFY2(editors > 0, key.key.c_str());
      for (const auto* editor : field->findChildren<QWidget*>()) {
        const bool edits = qobject_cast<const QAbstractSpinBox*>(editor) ||
                           qobject_cast<const QComboBox*>(editor) ||
                           qobject_cast<const QLineEdit*>(editor);
        QVERIFY2(!edits || !editor->isEnabled(), key.key.c_str());
      }
    }
    QCOMPARE(form.config(), RunConfig{});
    QCOMPARE(form.field("train.steps")->text(), QString("600"));
  }

  void arrowsGoByTheStepOrTheDecade() {
    ConfigForm form;
    const auto up = [&](const char* key) {
      form.field(key)->findChild<NumberBox*>()->stepBy(1);
      return form.field(key)->text();
    };
    QCOMPARE(up("train.crop"), QString("64"));   // 48 + 16
    QCOMPARE(up("train.lr"), QString("0.004"));  // 0.003 + 0.001
    QCOMPARE(up("train.steps"), QString("700"));
    form.field("train.lr")->type("0.001");
    form.field("train.lr")->findChild<NumberBox*>()->stepBy(-1);
    QCOMPARE(form.field("train.lr")->text(), QString("0.0009"));
  }

  void theWheelOverAFormThatScrollsChangesNothing() {
    ConfigForm form;
    form.show();
    auto* box = form.field("train.steps")->findChild<NumberBox*>();
    QWheelEvent wheel({5, 5}, box->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    box->clearFocus();
    QApplication::sendEvent(box, &wheel);
    QCOMPARE(form.field("train.steps")->text(), QString("600"));
  }
};

WINDOW_TEST(ConfigFormTest)
#include "config_form_test.moc"
