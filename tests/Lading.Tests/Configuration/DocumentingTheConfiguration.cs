using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

/// <summary>docs/configuration.md matches the code.</summary>
public partial class DocumentingTheConfiguration
{
    private static readonly string Page = File.ReadAllText(FindPage());
    private static readonly JsonElement Schema = SchemaValidator.Parse(ConfigurationSchema.GetBytes());

    [Fact]
    public void Each_key_of_the_schema_has_a_row()
    {
        var keys = KeysOf(Schema).Distinct().Order(StringComparer.Ordinal).ToList();
        var rows = RowPattern()
            .Matches(Page)
            .Select(row => row.Groups["key"].Value)
            .Concat(["assemble", "local"])
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(keys.Count > 35, string.Join(' ', keys));
        Assert.Subset(rows, keys.ToHashSet(StringComparer.Ordinal));
        Assert.Contains("`assemble`", Page, StringComparison.Ordinal);
        Assert.Contains("`local`", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_example_reads_without_errors()
    {
        var examples = ExamplePattern().Matches(Page).Select(example => example.Groups["json"].Value).ToList();

        Assert.True(examples.Count >= 7);
        foreach (var example in examples)
        {
            if (example.Contains("basesVersion", StringComparison.Ordinal))
            {
                Assert.Single(BasePinsReader.Read(Encoding.UTF8.GetBytes(example), "the page").Pins);
                continue;
            }

            var json = Encoding.UTF8.GetBytes(Whole(example));
            Assert.NotNull(ConfigurationReader.Read(json, "the page"));
            Assert.True(new SchemaValidator(Schema).IsValid(SchemaValidator.Parse(json)));
        }
    }

    [Fact]
    public void Each_message_is_one_of_the_readers()
    {
        var given = RefusedDocuments
            .All.Select(document => document.Json)
            .Append(
                """{ "project": "p", "images": { "a": { "from": "x" }, "b": { "from": "y", "repository": "p/a" } } }"""
            )
            .Append("""{ "project": "p", "images": { "a": { "context": "x", "args": { "TOKEN": "x" } } } }""")
            .Append(
                "{\n\"project\": \"p\",\n\"images\": {\n\"web\": {\n\"context\": \"src/web\",\n      \"platform\": [] } } }"
            )
            .Select(json =>
                Assert
                    .Throws<LadingException>(() =>
                        ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json")
                    )
                    .Message
            )
            .ToList();
        var section = Page[Page.IndexOf("## What the errors say", StringComparison.Ordinal)..];
        var documented = RowPattern().Matches(section).Select(row => row.Groups["key"].Value).ToList();
        var whole = section.Split('\n').Single(line => line.StartsWith("lading.json:", StringComparison.Ordinal));

        Assert.True(documented.Count > 10);
        Assert.All(
            documented.Append(whole),
            message => Assert.Contains(given, one => one.Contains(message, StringComparison.Ordinal))
        );
    }

    private static string Whole(string example) =>
        example.TrimStart().StartsWith('{') ? example
        : example.TrimStart().StartsWith("\"images\"", StringComparison.Ordinal)
            ? $"{{ \"project\": \"p\", {example} }}"
        : $"{{ \"project\": \"p\", \"images\": {{}}, {example} }}";

    /// <summary>The names of all properties, anywhere in the schema.</summary>
    private static IEnumerable<string> KeysOf(JsonElement schema) =>
        schema.ValueKind switch
        {
            JsonValueKind.Object => schema
                .EnumerateObject()
                .SelectMany(member =>
                    member.Name == "properties"
                        ? member
                            .Value.EnumerateObject()
                            .Select(key => key.Name)
                            .Concat(member.Value.EnumerateObject().SelectMany(key => KeysOf(key.Value)))
                        : KeysOf(member.Value)
                ),
            JsonValueKind.Array => schema.EnumerateArray().SelectMany(KeysOf),
            _ => [],
        };

    private static string FindPage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "configuration.md");
            if (File.Exists(page))
            {
                return page;
            }
        }

        throw new FileNotFoundException("docs/configuration.md is not above the tests.");
    }

    [GeneratedRegex(@"^\| \[?`(?<key>[^`]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowPattern();

    [GeneratedRegex("```jsonc\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExamplePattern();
}
