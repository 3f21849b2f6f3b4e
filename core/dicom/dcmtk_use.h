#pragma once

#include <filesystem>
#include <string>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace modascope {

/// What DCMTK would say on the terminal is said in our sentences.
void silenceDcmtk();

/// Whether a file begins as DICOM's Part 10 asks. Throws as `InputFile` does.
bool beginsAsDicom(const std::filesystem::path& file);

/// All of a file but long values, which stay on disk. Throws `Error` naming the file when it is
/// truncated or damaged.
void loadDicom(const std::filesystem::path& file, DcmFileFormat& into);

/// Without spaces at its ends; empty where there is none.
std::string textIn(DcmItem& item, const DcmTagKey& tag);

/// In the locale of no country, in the 16 characters that DICOM grants to a number.
std::string decimalString(double number);

/// Throws `Error` where DCMTK refuses: "<doing>: <its reason>."
void requireGood(const OFCondition& condition, const std::string& doing);

}  // namespace modascope
