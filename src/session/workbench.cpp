// SPDX-License-Identifier: MIT
#include "session/workbench.h"

#include "core/request/forward_url.h"
#include "core/stream/played_recording.h"
#include "core/token/credential.h"
#include "net/qnam_transport.h"
#include "net/safe_profile.h"
#include "session/run_private.h"
#include "store/data_folder.h"
#include "store/preferences.h"
#include "store/recording_file.h"

#include <QCoreApplication>
#include <QFile>

namespace lavascope {

namespace {

constexpr qint64 largestRecording = qint64(1) << 30;
constexpr qint64 largestGatewayAnswer = qint64(64) << 20;

// Our own data, compiled into the program: if it cannot be read, the build is broken.
QByteArray builtIn(const QString& name) {
    QFile file(QStringLiteral(":/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing from the program", qPrintable(name));
    return file.readAll();
}

/// The texts of the rules are found under the context `diagnosis` of an installed translation.
QString inTheUsersLanguage(const QString& english) {
    return QCoreApplication::translate("diagnosis", english.toUtf8().constData());
}

template <typename T, typename... More>
T mustRead(const QString& name, const More&... more) {
    Result<T> read = T::fromJson(builtIn(name), more...);
    if (!read)
        qFatal("%s: %s", qPrintable(name), qPrintable(read.error().message));
    return *std::move(read);
}

} // namespace

class Workbench::Private {
public:
    ProviderCatalogue catalogue = mustRead<ProviderCatalogue>(QStringLiteral("providers.json"));
    DiagnosisRules rules = mustRead<DiagnosisRules>(QStringLiteral("diagnosis.json"), inTheUsersLanguage);
    Result<QString> folder = dataFolder();
    Preferences preferences{folder.value_or(QString())};
    KeyRing keys{folder};
    QnamTransport transport;
    SandboxHost sandbox{transport}; // its passthrough calls use the transport, so it must go first
};

Workbench::Workbench(QObject* parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>()) {}

Workbench::~Workbench() = default;

const ProviderCatalogue& Workbench::catalogue() const {
    return m_private->catalogue;
}

const DiagnosisRules& Workbench::rules() const {
    return m_private->rules;
}

SandboxHost& Workbench::sandbox() {
    return m_private->sandbox;
}

KeyRing& Workbench::keys() {
    return m_private->keys;
}

Result<std::unique_ptr<Run>> Workbench::send(const RequestDraft& draft, const SendOptions& options) {
    Result<HttpRequest> request = buildRequest(draft);
    if (!request)
        return tl::unexpected(request.error());
    auto run = std::make_unique<Run::Private>(m_private->transport, m_private->rules, options);
    run->recording.request = *std::move(request);
    run->secrets = secretsOf(draft);
    return std::unique_ptr<Run>(new Run(std::move(run)));
}

Result<std::unique_ptr<Run>> Workbench::replay(const Recording& recording, ReplayPace pace,
                                               const QString& forcedDialect,
                                               std::shared_ptr<ReplayClock> clock) {
    if (recording.attempts.empty())
        return fail(QStringLiteral("recording_empty"), QStringLiteral("The recording holds no attempt."));
    auto played = std::make_unique<ReplayTransport>(recording, pace, std::move(clock));
    auto run = std::make_unique<Run::Private>(std::move(played), m_private->rules, forcedDialect);
    return std::unique_ptr<Run>(new Run(std::move(run)));
}

Result<std::unique_ptr<CredentialCheck>> Workbench::checkCredential(const TokenFields& fields,
                                                                    const QByteArray& gateway) {
    if (fields.secretKey.isEmpty())
        return fail(QStringLiteral("secret_key_missing"),
                    QStringLiteral("There is no secret key to ask a gateway about."));
    const Mode mode = modeOf(fields.secretKey);
    const QByteArray wanted =
        gateway.isEmpty() ? fittingHost(CredentialKind::SecretKey, mode).toLatin1() : gateway;
    if (wanted.isEmpty())
        return fail(QStringLiteral("gateway_unknown"),
                    QStringLiteral("The key is neither a live nor a test key, so no gateway fits it."),
                    QStringLiteral("Name one."));
    const Result<QByteArray> origin = gatewayOrigin(wanted);
    if (!origin)
        return tl::unexpected(origin.error());
    if (mode == Mode::Live && origin->startsWith("http:"))
        return fail(QStringLiteral("live_key_to_loopback"),
                    QStringLiteral("A live key is not sent to a gateway on this computer."),
                    QStringLiteral("Ask the live gateway, or use an aks_test_ key."));
    const auto send = [this, secrets = std::vector<Secret>{fields.secretKey}](const HttpRequest& request) {
        SendOptions options;
        options.limits.largest = largestGatewayAnswer; // it is looked at in one piece
        auto run = std::make_unique<Run::Private>(m_private->transport, m_private->rules, options);
        run->recording.request = request;
        run->secrets = secrets;
        return std::unique_ptr<Run>(new Run(std::move(run)));
    };
    return std::make_unique<CredentialCheck>(fields, *origin, send);
}

Headers Workbench::fieldsToSend(const HttpRequest& request) const {
    return fieldsOnTheWire(request);
}

Result<void> Workbench::saveRecording(const QString& path, const Run& run) const {
    return lavascope::saveRecording(path, run.redacted(), [&](qint64 bytes) { run.letGo(bytes); });
}

Result<void> Workbench::saveBody(const QString& path, const Run& run) const {
    return lavascope::saveBody(path, run.redacted(), [&](qint64 bytes) { run.letGo(bytes); });
}

Result<Recording> Workbench::loadRecording(const QString& path) const {
    return readFile(path, largestRecording).and_then([](const QByteArray& bytes) {
        return readRecordingOrBody(bytes);
    });
}

Result<QByteArray> Workbench::readUserFile(const QString& path, qint64 limit) const {
    return readFile(path, limit);
}

Result<void> Workbench::writeUserFile(const QString& path, const QByteArray& bytes) const {
    return writeFile(path, bytes);
}

QVariant Workbench::preference(const QString& key, const QVariant& fallback) const {
    return m_private->preferences.value(key, fallback);
}

void Workbench::setPreference(const QString& key, const QVariant& value) {
    m_private->preferences.setValue(key, value);
}

} // namespace lavascope
