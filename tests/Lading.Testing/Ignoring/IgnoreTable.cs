using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Context;
using Lading.Git;

namespace Lading.Testing.Ignoring;

/// <summary>What Docker did with some hundreds of ignore files: <c>cases.json</c>, recorded from real builds.</summary>
internal sealed record IgnoreTable(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Trees,
    IReadOnlyList<IgnoreCase> Cases
)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Place => SourceTree.PathOf("tests/Lading.Testing/Ignoring/cases.json");

    public static IgnoreTable Read() => JsonSerializer.Deserialize<IgnoreTable>(File.ReadAllText(Place), Form)!;

    /// <summary>What Lading's own matcher keeps of a case's tree, in byte order.</summary>
    /// <param name="one">The case.</param>
    /// <param name="prunes">Whether ignored folders are skipped unless an exception begins with their path.</param>
    public IReadOnlyList<string> Match(IgnoreCase one, bool prunes = false)
    {
        try
        {
            var matcher = IgnoreRules.Parse(Encoding.UTF8.GetBytes(one.Ignore)).CreateMatcher();
            return
            [
                .. Trees[one.Tree]
                    .Append(".dockerignore")
                    .Order(ByteOrder.Comparer)
                    .Where(path => !matcher.IsIgnored(path) && !(prunes && Folders(path).Any(IsPruned))),
            ];

            bool IsPruned(string folder) =>
                matcher.IsIgnored(folder)
                && !Exceptions(one.Ignore).Any(text => $"{text}/".StartsWith(folder + "/", StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            return IgnoreCase.Refused;
        }
    }

    private static IEnumerable<string> Folders(string path) =>
        Enumerable.Range(1, path.Split('/').Length - 1).Select(count => string.Join('/', path.Split('/').Take(count)));

    private static IEnumerable<string> Exceptions(string ignore) =>
        ignore
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith('!'))
            .Select(line => CleanPath.Of("/" + line[1..].Trim())[1..]);

    /// <summary>Writes the table to its file, one case per line.</summary>
    public void Write()
    {
        var text = new StringBuilder("{\n  \"trees\": {\n    ");
        text.AppendJoin(",\n    ", Trees.Select(tree => $"{Json(tree.Key)}: {Json(tree.Value)}"));
        text.Append("\n  },\n  \"cases\": [\n    ").AppendJoin(",\n    ", Cases.Select(Json)).Append("\n  ]\n}\n");
        File.WriteAllText(Place, text.ToString());
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Form);
}
