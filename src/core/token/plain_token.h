// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <string>
#include <vector>

namespace lavascope {

/// A token with nothing in it that calls for a closer look, taken apart into its shape and its values. Of two
/// tokens of one shape the same is to be said, but for the values themselves.
class PlainToken {
public:
    /// A text that one of the fields holds: letters, digits, '-' and '_' only, so that it is written the same
    /// everywhere.
    struct Value {
        QByteArrayView text;
        QByteArrayView shownPrefix; ///< of a secret: what its mask shows of the beginning
        QByteArrayView shownEnd;    ///< and of the end
        bool isSecret = false;      ///< else it is the id of a customer or of a meter
    };

    /// Takes a line apart: one canonical token, alone or behind `Bearer `. False if it is anything else or
    /// might call for a remark, which says nothing against it; shape and values mean nothing then.
    [[nodiscard]] bool read(QByteArrayView line);

    /// Everything but the values, and of secrets what their masks show of the beginning.
    [[nodiscard]] const std::string& shape() const { return m_shape; }
    /// They lie in this object, until it reads again.
    [[nodiscard]] const std::vector<Value>& values() const { return m_values; }
    /// The line as it would be with other texts, as many as there are values.
    [[nodiscard]] QByteArray lineWith(const std::vector<QByteArray>& texts) const;

private:
    [[nodiscard]] bool readObject();
    [[nodiscard]] bool readMember();
    [[nodiscard]] bool readFlag();
    [[nodiscard]] bool readText(QByteArrayView name);
    [[nodiscard]] bool isWordOf(const Value& value, QByteArrayView name) const;
    [[nodiscard]] bool quotesASecret() const;
    [[nodiscard]] QByteArrayView takeWord();
    [[nodiscard]] bool take(char c);
    void skipBlanks();

    QByteArray m_json;
    qsizetype m_at = 0;
    qsizetype m_shapedTo = 0; ///< so much of the JSON is in the shape already
    std::string m_shape;
    std::vector<Value> m_values;
};

} // namespace lavascope
