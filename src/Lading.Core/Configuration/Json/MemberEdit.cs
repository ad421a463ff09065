using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lading.Configuration.Json;

/// <summary>Adds and removes members of an object, and leaves every other byte of the document as its author wrote it.</summary>
internal static class MemberEdit
{
    /// <summary>Appends a member to an object, in the layout of its last one.</summary>
    /// <param name="text">The document.</param>
    /// <param name="entry">The object.</param>
    /// <param name="member">Key and value, without a comma; lines are separated by LF.</param>
    public static IReadOnlyList<TextChange> Insertions(ReadOnlySpan<byte> text, Node entry, string member)
    {
        if (entry.Members.Count == 0)
        {
            return [new TextChange(entry.Start + 1, 0, $"\n    {member}\n  ")];
        }

        var last = entry.Members[^1];
        var brace = entry.End - 1;
        var comma = Trivia.FindComma(text, last.Value.End, brace);
        var changes = new List<TextChange>();
        if (comma is null)
        {
            changes.Add(new TextChange(last.Value.End, 0, ","));
        }
        else
        {
            // A trailing comma stays a trailing comma.
            member += ",";
        }

        var afterValue = comma + 1 ?? last.Value.End;
        if (Trivia.FindLineEnd(text, afterValue, brace) is not { } lineEnd)
        {
            changes.Add(new TextChange(afterValue, 0, " " + member));
            return changes;
        }

        var isWindows = text[lineEnd - 1] == '\r';
        var newLine = isWindows ? "\r\n" : "\n";
        changes.Add(
            new TextChange(isWindows ? lineEnd - 1 : lineEnd, 0, newLine + Indent(text, last.Start, brace) + member)
        );
        return changes;
    }

    /// <summary>
    /// The indentation of the last key; if the key does not begin its line, that of the brace and two more spaces.
    /// </summary>
    private static string Indent(ReadOnlySpan<byte> text, int key, int brace)
    {
        var start = Trivia.BlanksBefore(text, key);
        if (start == 0 || text[start - 1] == '\n')
        {
            return Encoding.UTF8.GetString(text[start..key]);
        }

        return Encoding.UTF8.GetString(text[Trivia.BlanksBefore(text, brace)..brace]) + "  ";
    }

    /// <summary>Removes a member with its comma, and its lines if nothing else is on them.</summary>
    public static IReadOnlyList<TextChange> Removals(ReadOnlySpan<byte> text, Node entry, Member removed)
    {
        var (start, end) = (removed.Start, removed.Value.End);
        var before = entry.Members.TakeWhile(member => member != removed).LastOrDefault();
        var changes = new List<TextChange>();
        var commaAfter = Trivia.FindComma(text, end, NextOf(entry, removed));
        if (commaAfter == Trivia.BlanksAfter(text, end))
        {
            end = commaAfter.Value + 1;
        }
        else if (commaAfter is { } apart)
        {
            changes.Add(new TextChange(apart, 1, ""));
        }
        else if (before is not null && Trivia.FindComma(text, before.Value.End, start) is { } commaBefore)
        {
            if (Trivia.BlanksAfter(text, commaBefore + 1) == start)
            {
                return [new TextChange(commaBefore, end - commaBefore, "")];
            }

            changes.Add(new TextChange(commaBefore, 1, ""));
        }

        var lineStart = Trivia.BlanksBefore(text, start);
        var lineEnd = Trivia.BlanksAfter(text, end);
        var beginsLine = lineStart > 0 && text[lineStart - 1] == '\n';
        if (beginsLine && Trivia.LineEndLength(text, lineEnd) > 0)
        {
            changes.Add(new TextChange(lineStart, lineEnd + Trivia.LineEndLength(text, lineEnd) - lineStart, ""));
        }
        else if (before is not null && !beginsLine)
        {
            // On a line with other members, the blanks on one side are removed too.
            changes.Add(new TextChange(lineStart, end - lineStart, ""));
        }
        else
        {
            changes.Add(new TextChange(start, (lineStart == start ? end : lineEnd) - start, ""));
        }

        return changes;
    }

    private static int NextOf(Node entry, Member removed)
    {
        var index = entry.Members.TakeWhile(member => member != removed).Count() + 1;
        return index < entry.Members.Count ? entry.Members[index].Start : entry.End - 1;
    }

    /// <summary>A string as JSON, without escaping letters of any language.</summary>
    public static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>The document with the changes, which do not overlap.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> text, IEnumerable<TextChange> changes)
    {
        var result = new List<byte>(text.Length + 256);
        var at = 0;
        foreach (var change in changes.OrderBy(change => change.Offset))
        {
            result.AddRange(text[at..change.Offset]);
            result.AddRange(Encoding.UTF8.GetBytes(change.Text));
            at = change.Offset + change.Length;
        }

        result.AddRange(text[at..]);
        return [.. result];
    }
}

/// <summary>A replacement of a part of a document.</summary>
/// <param name="Offset">The offset in bytes.</param>
/// <param name="Length">The number of replaced bytes.</param>
/// <param name="Text">The new text.</param>
internal sealed record TextChange(int Offset, int Length, string Text)
{
    /// <summary>Replaces a value.</summary>
    public static TextChange Of(Node node, string text) => new(node.Start, node.End - node.Start, text);
}
