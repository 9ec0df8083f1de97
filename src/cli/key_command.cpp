// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/key_store.h"
#include "cli/source.h"
#include "core/json/writer.h"
#include "core/token/display.h"
#include "session/key_ring.h"

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

constexpr const char* keyExitCodes =
    "Exit codes: 0 done; 1 no key has that name; 2 wrong usage; 3 the key store of this system failed, or is "
    "not there.\n\n";

/// `key list`
class KeyList final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("list", "Names of the keys that are kept; never the keys");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer("Exit codes: 0 listed; 2 wrong usage.\n\n"
                      "Examples:\n"
                      "  lavascope-cli key list\n"
                      "  lavascope-cli key list --json");
    }

    int run(Terminal& terminal) override {
        const std::unique_ptr<KeyRing> ring = KeyRing::ofUser();
        if (!ring->trouble().isEmpty())
            terminal.note(ring->trouble());
        if (m_json)
            writeList(terminal, ring->profiles());
        else if (ring->profiles().isEmpty())
            terminal.printLine(u"No keys are kept. Add one: lavascope-cli key add NAME < key.txt");
        else
            for (const Profile& profile : ring->profiles())
                terminal.printLine(QStringLiteral("%1  %2  %3")
                                       .arg(profile.environment.leftJustified(7), profile.name, profile.note)
                                       .trimmed());
        return int(ExitCode::Fine);
    }

private:
    static void writeList(Terminal& terminal, const QList<Profile>& profiles) {
        json::Writer writer;
        writer.beginObject();
        writer.name("keys");
        writer.beginArray();
        for (const Profile& profile : profiles) {
            writer.beginObject();
            writer.member("name", profile.name);
            writer.member("environment", profile.environment);
            writer.member("note", profile.note);
            writer.endObject();
        }
        writer.endArray();
        writer.endObject();
        terminal.writeJson(writer.bytes());
    }

    bool m_json = false;
};

/// `key add`
class KeyAdd final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("add", "Keep a key in the key store of this system, under a name");
        m_app->add_option("name", m_name, "1 to 64 characters")->required()->type_name("NAME");
        m_app->add_option("--secret-key", m_source, "The key; standard input by default")
            ->type_name("SOURCE");
        m_app->add_option("--note", m_note, "What it is for")->type_name("TEXT");
        m_app->footer(
            std::string("The key goes into the Secret Service, KWallet, Keychain or Credential "
                        "Manager of this system\n"
                        "and nowhere else; where there is none, nothing is kept. At a terminal "
                        "the key is asked for, and not shown.\n\n") +
            keyExitCodes +
            "Examples:\n"
            "  lavascope-cli key add staging\n"
            "  lavascope-cli key add staging < key.txt\n"
            "  lavascope-cli key add staging --secret-key env:LAVA_SECRET_KEY --note 'of the shop'\n"
            "  lavascope-cli token build --secret-key keychain:staging");
    }

    int run(Terminal& terminal) override {
        SourceReader sources(terminal);
        const Result<Secret> key = sources.secret(textOf(m_source), u"Key to keep");
        if (!key)
            return report(terminal, key.error());
        const Result<void> kept = keepKey(textOf(m_name), textOf(m_note), *key);
        if (!kept)
            return report(terminal, kept.error());
        terminal.note(QStringLiteral("Kept: keychain:%1").arg(textOf(m_name)));
        if (!holdsCredential(key->reveal()))
            terminal.note(u"Warning: it looks like no key that Lavascope knows.", Ink::Warning);
        return int(ExitCode::Fine);
    }

private:
    std::string m_name;
    std::string m_source = "-";
    std::string m_note;
};

/// `key remove`
class KeyRemove final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("remove", "Take a key out of the key store of this system");
        m_app->add_option("name", m_name, "As key list shows it")->required()->type_name("NAME");
        m_app->footer(std::string(keyExitCodes) + "Examples:\n"
                                                  "  lavascope-cli key remove staging");
    }

    int run(Terminal& terminal) override {
        const Result<void> removed = removeKey(textOf(m_name));
        if (removed)
            return int(ExitCode::Fine);
        const int code = report(terminal, removed.error());
        return removed.error().code == QStringLiteral("key_name_unknown") ? int(ExitCode::Bad) : code;
    }

private:
    std::string m_name;
};

} // namespace

std::unique_ptr<Command> makeKeyList() {
    return std::make_unique<KeyList>();
}

std::unique_ptr<Command> makeKeyAdd() {
    return std::make_unique<KeyAdd>();
}

std::unique_ptr<Command> makeKeyRemove() {
    return std::make_unique<KeyRemove>();
}

} // namespace lavascope
