// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "core/token/finding_list.h"
#include "core/token/inspect_token.h"

#include <array>

namespace lavascope {

enum class Content { Secret, Text, Flag };

/// A field that forward tokens have or had.
struct KnownField {
    QByteArrayView name;
    Content content;
    bool current; ///< of the newest generation; the others are shown only where they stand
};
/// In the order in which they are shown.
[[nodiscard]] const std::array<KnownField, 8>& knownFields();
[[nodiscard]] const KnownField* knownField(QByteArrayView name); ///< null if there is none
[[nodiscard]] const KnownField* knownField(json::View member);   ///< by its name
/// Whether an id names a request or a product, as its prefix says, and so neither a customer nor a meter.
[[nodiscard]] bool isIdOfSomethingElse(QByteArrayView id);
/// Whether a program or a person put a word in the place of an id that was not known: `undefined`, `YOUR_ID`.
[[nodiscard]] bool isPlaceholderId(QByteArrayView id);
/// The field that was probably meant by an unknown name (`customerId`, `Secret-Key`); empty if none.
[[nodiscard]] QString meantFieldName(const QString& name);

/// A field's value, masked where it is a secret, looks like one or holds one of those given. `view` may be
/// Missing.
[[nodiscard]] TokenFieldReport shownField(const KnownField& field, json::View view,
                                          const QStringList& secrets);

/// Something odd about one field's value.
struct FieldRemark {
    Severity severity;
    Step step;
    const char* code;
    QString sentence;
    QString fix;
    bool losesValue = false; ///< TokenFields cannot hold this value
};
[[nodiscard]] std::vector<FieldRemark> fieldRemarks(const KnownField& field, json::View view);

} // namespace lavascope
