using System.Globalization;
using System.Text.Json;
using Lading.Configuration.Json;

namespace Lading.Locks;

/// <summary>The JSON of a lock; an unexpected value is an error with its line.</summary>
internal sealed class LockContent
{
    private readonly DocumentText source;

    /// <summary>Parses the bytes of a lock.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="LadingException">It is not JSON.</exception>
    public LockContent(ReadOnlySpan<byte> bytes, string path)
    {
        source = new DocumentText(bytes.ToArray(), path);
        var problems = new Problems(source);
        Root = DocumentReader.Find(source, problems, DocumentReader.ByPrograms) ?? throw Broken(problems);
    }

    public Node Root { get; }

    /// <summary>The members of an object, in the order of the file; a duplicate key is an error.</summary>
    public IEnumerable<Member> MembersOf(Node node, string what)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            throw Wrong(node.Start, $"{what} is not an object");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in node.Members)
        {
            yield return seen.Add(member.Key) ? member : throw Wrong(member.Start, $"{member.Key} is given twice");
        }
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<Node> ItemsOf(Member member) =>
        member.Value.Kind == JsonValueKind.Array
            ? member.Value.Items
            : throw Wrong(member.Value.Start, $"{member.Key} is not a list");

    /// <summary>A non-empty string.</summary>
    public string Text(Member member) => Text(member.Key, member.Value);

    public string Text(string what, Node node) =>
        node.Kind != JsonValueKind.String ? throw Wrong(node.Start, $"{what} is not a text")
        : node.Text.Length == 0 ? throw Wrong(node.Start, $"{what} is empty")
        : node.Text;

    /// <summary>A positive integer.</summary>
    public int Version(Member member) =>
        member.Value.Kind == JsonValueKind.Number
        && int.TryParse(member.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
            : throw NotA(member, "version number");

    public LadingException NotA(Member member, string expected) =>
        Wrong(member.Value.Start, $"{member.Key} is not a valid {expected}");

    /// <summary>A missing member, reported at the end of its object.</summary>
    public LadingException Lacks(Node node, string what) => Wrong(node.End - 1, what);

    public LadingException Wrong(int offset, string what) =>
        Failure(offset, what, LockReader.Remedy(source.DisplayPath));

    public LadingException Failure(int offset, string what, string remedy) =>
        new($"Could not read the lock {source.DisplayPath}, line {source.LineOf(offset)}", what, remedy);

    private LadingException Broken(Problems problems) =>
        Wrong(
            problems.First!.Value.Offset,
            problems.First.Value.CameBack == DocumentReader.NotUtf8 ? "a text in it is not UTF-8" : "it is not JSON"
        );
}
