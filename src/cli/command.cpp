// SPDX-License-Identifier: MIT
#include "cli/command.h"

#include "core/token/credential_finder.h"
#include "core/token/utf8.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

// Trouble with this computer's files, ports and key store; everything else that a command refuses is wrong
// usage.
constexpr std::array<const char*, 18> localCodes = {
    "file_not_found",       "file_unreadable",     "file_too_large",    "file_not_written",
    "file_not_private",     "env_not_set",         "stdin_unreadable",  "stdin_too_large",
    "port_in_use",          "listen_failed",       "key_store_missing", "key_store_refused",
    "key_store_failed",     "key_store_no_answer", "key_not_found",     "key_name_unknown",
    "data_folder_unusable", "config_invalid"};

} // namespace

bool Command::isChosen() const {
    return m_app && m_app->parsed();
}

QString textOf(const std::string& word) {
    return textOfUtf8(QByteArrayView(word.data(), qsizetype(word.size())));
}

QString withoutCredentials(const QString& message) {
    return QString::fromUtf8(CredentialFinder().masked(message.toUtf8()));
}

int report(Terminal& terminal, const Error& error) {
    terminal.note(withoutCredentials(error.fix.isEmpty() ? error.message
                                                         : error.message + QLatin1Char(' ') + error.fix),
                  Ink::Bad);
    const bool local = std::any_of(localCodes.begin(), localCodes.end(),
                                   [&](const char* code) { return error.code == QLatin1String(code); });
    return int(local ? ExitCode::Local : ExitCode::Usage);
}

} // namespace lavascope
