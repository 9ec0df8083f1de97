// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/error_code.h"
#include "core/diagnosis/rule.h"
#include "core/json/document.h"
#include "core/token/credential_finder.h"

namespace lavascope {

/// What an outcome amounts to, worked out once before the rules are asked. It refers to the outcome and the
/// transcript, which must outlive it.
class Facts {
public:
    Facts(const Outcome& outcome, const Transcript* transcript);
    Facts(const Facts&) = delete;
    Facts& operator=(const Facts&) = delete;

    [[nodiscard]] const Outcome& outcome() const { return m_outcome; }
    [[nodiscard]] const Transcript* transcript() const { return m_transcript; }
    /// The status that counts: of an error inside a good answer, the one it would have had (0 if that cannot
    /// be told).
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] bool inStream() const { return m_inStream; }
    [[nodiscard]] bool success() const { return m_success; }
    [[nodiscard]] Content content() const { return m_content; }
    /// The body's JSON; of an array that wraps one error, the error. Missing if the body is no JSON.
    [[nodiscard]] json::View body() const { return m_root; }
    [[nodiscard]] const QString& message() const { return m_message; } ///< one line; may be empty
    [[nodiscard]] const std::vector<ErrorCode>& codes() const { return m_codes; }
    [[nodiscard]] Origin origin() const { return m_origin; }
    [[nodiscard]] const QString& originReason() const { return m_originReason; }
    [[nodiscard]] const QStringList& credential() const { return m_credential; }
    [[nodiscard]] const QString& credentialHeadline() const { return m_credentialHeadline; }
    /// What looks wrong about the request that was sent, where a refusal can come of it.
    [[nodiscard]] const std::vector<Finding>& remarks() const { return m_remarks; }
    [[nodiscard]] const QString& host() const { return m_host; }
    [[nodiscard]] const QString& target() const { return m_target; }

    /// Text from outside on one line, cut, with everything that looks like a credential masked.
    [[nodiscard]] QString harmless(QStringView text, qsizetype limit) const;

private:
    void readBody();
    void readStreamError(const StreamError& error);
    void findOrigin();
    void lookAtCredential();
    void lookAtRequest();

    const Outcome& m_outcome;
    const Transcript* m_transcript;
    int m_status = 0;
    bool m_inStream = false;
    bool m_success = false;
    Content m_content = Content::Empty;
    QByteArray m_bytes;
    json::Document m_document;
    json::View m_root;
    QString m_message;
    std::vector<ErrorCode> m_codes;
    Origin m_origin = Origin::Undecided;
    QString m_originReason;
    QStringList m_credential;
    QString m_credentialHeadline;
    std::vector<Finding> m_remarks;
    CredentialFinder m_credentials;
    QString m_host;
    QString m_target;
};

/// Whether every condition holds.
[[nodiscard]] bool fits(const Match& match, const Facts& facts);

/// Why it does not fit, as the end of a sentence; `cannotTell` if what the condition asks for is not known.
/// Empty for a match that fits, or that is of another status.
struct WhyNot {
    QString words;
    bool cannotTell = false;
};
[[nodiscard]] WhyNot whyNot(const Match& match, const Facts& facts);

/// The remark that the rule rests on; null if it rests on none.
[[nodiscard]] const Finding* remarkOf(const Match& match, const Facts& facts);

/// The text of a rule with its placeholders filled in; {remark} and {fix} are those of `remark`.
[[nodiscard]] QString filled(const QString& words, const Facts& facts, const Finding* remark = nullptr);

/// What else the answer can mean by the other rules for its status: each with why not, or why it cannot be
/// told.
[[nodiscard]] QStringList ruledOut(const DiagnosisRules& rules, const DiagnosisRules::Rule& hit,
                                   const Facts& facts);

/// The lines that a diagnosis by this rule rests on; no secrets.
[[nodiscard]] QStringList evidenceFor(const DiagnosisRules::Rule& rule, const Facts& facts);

} // namespace lavascope
