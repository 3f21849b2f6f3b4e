#include "core/cohort/splits/patients.h"

#include <QTest>

#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

class PatientsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theIdsOfDataSetsNameThePatient_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("patient");
    QTest::newRow("BraTS 2023") << "BraTS-GLI-00001-100"
                                << "BraTS-GLI-00001";
    QTest::newRow("metastases") << "BraTS-MET-00123-000"
                                << "BraTS-MET-00123";
    QTest::newRow("BraTS 2023 without a time point") << "BraTS-GoAT-00007"
                                                     << "BraTS-GoAT-00007";
    QTest::newRow("BraTS 2021") << "BraTS2021_00001"
                                << "BraTS2021_00001";
    QTest::newRow("BraTS 2020") << "BraTS20_Training_001"
                                << "BraTS20_Training_001";
    QTest::newRow("BraTS 2017") << "Brats17_TCIA_105_1"
                                << "Brats17_TCIA_105";
    QTest::newRow("BraTS 2015") << "brats_tcia_pat105_0090"
                                << "brats_tcia_pat105";
    QTest::newRow("UPENN") << "UPENN-GBM-00001_21"
                           << "UPENN-GBM-00001";
    QTest::newRow("BIDS") << "sub-01_ses-02"
                          << "sub-01";
    QTest::newRow("BIDS without sessions") << "sub-01"
                                           << "sub-01";
    QTest::newRow("sessions") << "P7_ses-2"
                              << "P7";
    QTest::newRow("follow-up") << "UCSF-PDGM-0429_FU001d_nifti"
                               << "UCSF-PDGM-0429";
    QTest::newRow("time points") << "PatientID_0003_Timepoint_1"
                                 << "PatientID_0003";
    QTest::newRow("weeks") << "Patient-001 week-044-1"
                           << "Patient-001";
    QTest::newRow("numbers alone") << "case_001"
                                   << "case_001";
    QTest::newRow("a name") << "visitor"
                            << "visitor";
  }
  void theIdsOfDataSetsNameThePatient() {
    QFETCH(QString, id);
    QFETCH(QString, patient);
    QCOMPARE(
        QString::fromStdString(PatientRule().patientOf(id.toStdString(), Task::Segmentation3d)),
        patient);
  }

  void segmentsOfAVideoAreOfOneSpeaker_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("speaker");
    QTest::newRow("sequences") << "03bSnISJMiM[12]"
                               << "03bSnISJMiM";
    QTest::newRow("MMSA") << "03bSnISJMiM$_$4"
                          << "03bSnISJMiM";
    QTest::newRow("MOSEI") << "-3g5yACwYnA_13"
                           << "-3g5yACwYnA";
    QTest::newRow("again") << "03bSnISJMiM[12]#2"
                           << "03bSnISJMiM";
    QTest::newRow("MELD") << "dia12_utt3"
                          << "dia12";
    QTest::newRow("IEMOCAP") << "Ses01F_impro01_F000"
                             << "Ses01";
    QTest::newRow("counted") << "train/000017"
                             << "train/000017";
    QTest::newRow("samples of classes") << "zero_12"
                                        << "zero_12";
    QTest::newRow("brackets without a number") << "a[b]"
                                               << "a[b]";
    QTest::newRow("nothing before") << "[3]"
                                    << "[3]";
  }
  void segmentsOfAVideoAreOfOneSpeaker() {
    QFETCH(QString, id);
    QFETCH(QString, speaker);
    QCOMPARE(QString::fromStdString(PatientRule().patientOf(id.toStdString(), Task::Regression)),
             speaker);
  }

  void picturesAreScenesOfTheirOwn() {
    QCOMPARE(PatientRule().patientOf("sub-01_ses-02", Task::Segmentation2d),
             std::string("sub-01_ses-02"));
  }

  void settingsDecideOtherwise() {
    const PatientRule cases("case");
    QCOMPARE(cases.patientOf("sub-01_ses-02", Task::Segmentation3d), std::string("sub-01_ses-02"));
    const PatientRule pattern(R"((.*)_\d+)");
    QCOMPARE(pattern.patientOf("zero_12", Task::Classification), std::string("zero"));
    QCOMPARE(pattern.patientOf("zero", Task::Classification), std::string("zero"));
    QCOMPARE(pattern.patientOf("_12", Task::Classification), std::string("_12"));  // of nobody
    QVERIFY(PatientRule().isAuto() && !cases.isAuto() && !pattern.isAuto());
  }

  void whatIsNoRuleIsRefused() {
    for (const char* words : {"", "(", "no group", "(two)(groups)"})
      QVERIFY2(contains(sentenceOf([&] { PatientRule rule(words); }), "one group"), words);
  }

  void aVeryLongIdIsAPatient() {
    const std::string id = "sub-01_ses-" + std::string(100000, '1');
    QCOMPARE(PatientRule().patientOf(id, Task::Segmentation3d), id);
  }
};

APPLESS_TEST(PatientsTest)
#include "patients_test.moc"
