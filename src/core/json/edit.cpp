// SPDX-License-Identifier: MIT
#include "core/json/edit.h"

#include "core/json/document.h"
#include "core/json/writer.h"

namespace lavascope::json {

namespace {

tl::unexpected<Error> failBecause(const Fault& fault) {
    return fail(QStringLiteral("json_invalid"),
                QStringLiteral("The text is not valid JSON: line %1, column %2: %3.")
                    .arg(fault.line)
                    .arg(fault.column)
                    .arg(fault.message),
                QStringLiteral("Correct it there first."), fault.offset);
}

// The one top-level member of that name; Missing if there is none.
Result<View> onlyMember(const Document& document, QByteArrayView name) {
    if (!document.root().isObject())
        return fail(QStringLiteral("json_not_object"),
                    QStringLiteral("The text is JSON, but not an object."));
    View found;
    for (View child = document.root().firstChild(); child.exists(); child = child.nextSibling()) {
        if (child.name().toUtf8() != name)
            continue;
        if (found.exists())
            return fail(QStringLiteral("json_duplicate_member"),
                        QStringLiteral("\"%1\" stands there twice, so it is not clear which one counts.")
                            .arg(QString::fromUtf8(name)),
                        QStringLiteral("Remove one of them."), child.nameRange().begin);
        found = child;
    }
    return found;
}

// What stands between `{` and the first name, so that an inserted member is indented like its neighbours.
QByteArrayView leadingSpace(const Document& document) {
    const View root = document.root();
    const View first = root.firstChild();
    const qint64 from = root.range().begin + 1;
    return document.source().sliced(from, first.nameRange().begin - from);
}

} // namespace

Result<QByteArray> withMember(const QByteArray& source, QByteArrayView name, QByteArrayView rawValue) {
    Document value;
    if (const auto fault = value.scan(rawValue))
        return fail(QStringLiteral("json_bad_value"),
                    QStringLiteral("The new value is not valid JSON: %1.").arg(fault->message));
    Document document;
    if (const auto fault = document.scan(source))
        return failBecause(*fault);
    const Result<View> member = onlyMember(document, name);
    if (!member)
        return tl::unexpected(member.error());

    QByteArray edited = source;
    if (member->exists()) {
        const ByteRange range = member->range();
        edited.replace(range.begin, range.end - range.begin, rawValue.toByteArray());
        return edited;
    }
    QByteArray inserted = quoted(QString::fromUtf8(name)) + ": " + rawValue.toByteArray();
    if (document.root().size() > 0) {
        const QByteArrayView space = leadingSpace(document);
        inserted = space.toByteArray() + inserted + ',';
        // Keep one line one line: members that follow their brace directly get a blank after the comma.
        if (space.isEmpty())
            inserted += ' ';
    }
    edited.insert(document.root().range().begin + 1, inserted);
    return edited;
}

Result<QByteArray> withoutMember(const QByteArray& source, QByteArrayView name) {
    Document document;
    if (const auto fault = document.scan(source))
        return failBecause(*fault);
    const Result<View> member = onlyMember(document, name);
    if (!member)
        return tl::unexpected(member.error());
    if (!member->exists())
        return source;

    View before;
    for (View child = document.root().firstChild(); child.range() != member->range();
         child = child.nextSibling())
        before = child;
    const View after = member->nextSibling();
    // With a member after it, its own comma goes; the last one takes the comma before it along.
    const qint64 to = after.exists() ? after.nameRange().begin : member->range().end;
    const qint64 from = !after.exists() && before.exists() ? before.range().end : member->nameRange().begin;
    QByteArray edited = source;
    edited.remove(from, to - from);
    return edited;
}

} // namespace lavascope::json
