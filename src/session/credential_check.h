// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/request/http_request.h"
#include "core/token/token_fields.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lavascope {

class Run;

/// What a gateway answered about one thing that a credential names.
struct CheckedThing {
    /// None: what is asked about does not exist, and need not.
    enum class Known { Yes, No, None, Untold };

    QString what; ///< `key`, `customer`, `subscription`, `meter`
    Known known = Known::Untold;
    QString sentence;
};
[[nodiscard]] const char* knownName(CheckedThing::Known known); ///< `known`, `unknown`, `none`, `untold`

/// Asks a gateway, when its user wants it, whether it knows a key and the customer and meter beside it. Only
/// reads: `GET /v1/meters`, `/v1/customers/:id`, `/v1/customers/:id/subscription`, one after the other, none
/// of them repeated. Deleting it ends it.
class CredentialCheck : public QObject {
    Q_OBJECT

public:
    using Send = std::function<std::unique_ptr<Run>(const HttpRequest&)>;

    /// `gateway` is an origin. Nothing is sent before start().
    CredentialCheck(TokenFields fields, QByteArray gateway, Send send, QObject* parent = nullptr);
    ~CredentialCheck() override;

    void start();

    [[nodiscard]] const QByteArray& gateway() const { return m_gateway; }
    /// In the order of asking; complete when finished() comes.
    [[nodiscard]] const std::vector<CheckedThing>& things() const { return m_things; }
    /// Why the asking ended early; nothing if every question was answered.
    [[nodiscard]] const std::optional<Diagnosis>& diagnosis() const { return m_diagnosis; }
    [[nodiscard]] bool isDone() const { return m_done; }
    /// Every question was asked, and the gateway knows all that the credential names.
    [[nodiscard]] bool knowsAll() const;

Q_SIGNALS:
    void finished(); ///< exactly once

private:
    using Take = std::function<void(int status, const QByteArray& body)>;

    void ask(const QByteArray& pathAndQuery, const Take& take);
    void askForMeters(const QString& cursor);
    void takeMeters(int status, const QByteArray& body);
    void askForCustomer();
    void askForSubscription();
    void add(const QString& what, CheckedThing::Known known, const QString& sentence);
    void conclude();

    TokenFields m_fields;
    QByteArray m_gateway;
    Send m_send;
    std::unique_ptr<Run> m_run;
    std::vector<CheckedThing> m_things;
    std::optional<Diagnosis> m_diagnosis;
    int m_pages = 0;
    bool m_done = false;
};

} // namespace lavascope
