using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Changes <c>lading.json</c> in one place and leaves every other byte as its author wrote it.</summary>
internal static class ConfigurationEdit
{
    private const string Key = "hold";

    /// <summary>Holds an image back, or ends that.</summary>
    /// <param name="json">A configuration.</param>
    /// <param name="displayPath">What errors call the file.</param>
    /// <param name="image">The image's name.</param>
    /// <param name="hold">Null to end it.</param>
    /// <returns>The changed bytes; the same where there is nothing to change.</returns>
    /// <exception cref="LadingException">The configuration is wrong, or has no such image.</exception>
    public static ReadOnlyMemory<byte> SetHold(ReadOnlyMemory<byte> json, string displayPath, string image, Hold? hold)
    {
        var configuration = ConfigurationReader.Read(json, displayPath);
        if (configuration.GetImage(image).Hold == hold)
        {
            return json;
        }

        var source = new SourceText(json, displayPath);
        var document = DocumentReader.Find(source, new Problems(source))!;
        var entry = document.Find("images")!.Value.Find(image)!.Value;
        var held = entry.Find(Key);
        if (hold is null)
        {
            return Apply(json.Span, Removals(json.Span, entry, held!));
        }

        return held is null
            ? Apply(json.Span, Insertions(json.Span, entry, hold))
            : Apply(
                json.Span,
                [
                    ReplacementOf(held.Value.Find("revision")!.Value, hold.Revision),
                    ReplacementOf(held.Value.Find("reason")!.Value, hold.Reason),
                ]
            );
    }

    private static List<Change> Insertions(ReadOnlySpan<byte> text, Node entry, Hold hold)
    {
        var last = entry.Members[^1];
        var brace = entry.End - 1;
        var comma = Trivia.FindComma(text, last.Value.End, brace);
        var member = $"\"{Key}\": {{ \"revision\": {Quote(hold.Revision)}, \"reason\": {Quote(hold.Reason)} }}";
        var changes = new List<Change>();
        if (comma is null)
        {
            changes.Add(new Change(last.Value.End, 0, ","));
        }
        else
        {
            // Who ends the last member with a comma goes on doing so.
            member += ",";
        }

        var afterValue = comma + 1 ?? last.Value.End;
        if (Trivia.FindLineEnd(text, afterValue, brace) is not { } lineEnd)
        {
            changes.Add(new Change(afterValue, 0, " " + member));
            return changes;
        }

        var isWindows = text[lineEnd - 1] == '\r';
        var newLine = isWindows ? "\r\n" : "\n";
        changes.Add(
            new Change(isWindows ? lineEnd - 1 : lineEnd, 0, newLine + Indent(text, last.Start, brace) + member)
        );
        return changes;
    }

    /// <summary>The blanks before the last key; where it does not begin its line, two more than before the brace.</summary>
    private static string Indent(ReadOnlySpan<byte> text, int key, int brace)
    {
        var start = Trivia.BlanksBefore(text, key);
        if (start == 0 || text[start - 1] == '\n')
        {
            return Encoding.UTF8.GetString(text[start..key]);
        }

        return Encoding.UTF8.GetString(text[Trivia.BlanksBefore(text, brace)..brace]) + "  ";
    }

    private static List<Change> Removals(ReadOnlySpan<byte> text, Node entry, Member held)
    {
        var (start, end) = (held.Start, held.Value.End);
        var before = entry.Members.TakeWhile(member => member != held).LastOrDefault();
        var changes = new List<Change>();
        var commaAfter = Trivia.FindComma(text, end, NextOf(entry, held));
        if (commaAfter == Trivia.BlanksAfter(text, end))
        {
            end = commaAfter.Value + 1;
        }
        else if (commaAfter is { } apart)
        {
            changes.Add(new Change(apart, 1, ""));
        }
        else if (before is not null && Trivia.FindComma(text, before.Value.End, start) is { } commaBefore)
        {
            if (Trivia.BlanksAfter(text, commaBefore + 1) == start)
            {
                return [new Change(commaBefore, end - commaBefore, "")];
            }

            changes.Add(new Change(commaBefore, 1, ""));
        }

        var lineStart = Trivia.BlanksBefore(text, start);
        var lineEnd = Trivia.BlanksAfter(text, end);
        var beginsLine = lineStart > 0 && text[lineStart - 1] == '\n';
        if (beginsLine && Trivia.LineEndLength(text, lineEnd) > 0)
        {
            changes.Add(new Change(lineStart, lineEnd + Trivia.LineEndLength(text, lineEnd) - lineStart, ""));
        }
        else if (before is not null && !beginsLine)
        {
            // In a line with others, the blanks on one side go along.
            changes.Add(new Change(lineStart, end - lineStart, ""));
        }
        else
        {
            changes.Add(new Change(start, (lineStart == start ? end : lineEnd) - start, ""));
        }

        return changes;
    }

    private static int NextOf(Node entry, Member held)
    {
        var index = entry.Members.TakeWhile(member => member != held).Count() + 1;
        return index < entry.Members.Count ? entry.Members[index].Start : entry.End - 1;
    }

    private static Change ReplacementOf(Node node, string text) => new(node.Start, node.End - node.Start, Quote(text));

    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static byte[] Apply(ReadOnlySpan<byte> text, IEnumerable<Change> changes)
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

    private sealed record Change(int Offset, int Length, string Text);
}
