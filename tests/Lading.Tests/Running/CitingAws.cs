using System.Reflection;
using System.Text.RegularExpressions;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.Tests.Running;

/// <summary>
/// Every behaviour of the stand-ins for AWS cites a page or is called an assumption: each operation, each error and
/// each type is in SOURCES.md or ASSUMPTIONS.md, and whatever these name exists.
/// </summary>
public sealed partial class CitingAws
{
    private const string Folder = "tests/Lading.Testing/Cloud";

    private static readonly string Sources = Read("SOURCES.md");
    private static readonly string Assumptions = Read("ASSUMPTIONS.md");

    private static readonly IReadOnlyList<Type> Types =
    [
        .. typeof(TestAws)
            .Assembly.GetTypes()
            .Where(type =>
                type.Namespace?.StartsWith("Lading.Testing.Cloud", StringComparison.Ordinal) == true
                && !type.IsNested
                && !type.Name.Contains('<', StringComparison.Ordinal)
            ),
    ];

    [Fact]
    public void Every_operation_that_is_answered_cites_its_page()
    {
        string[] more = ["sts:AssumeRole", "s3:PutObject", "s3:GetObject", "s3:ListBucket"];

        Assert.All(
            TestAws.Operations.Concat(more),
            action =>
            {
                var name = action == "s3:ListBucket" ? "ListObjectsV2" : action.Split(':')[1];
                Assert.Matches($@"\| `{action}` \| `[\w-]+(/[\w-]+)*/API_{name}\.html` \| .+ \|", Sources);
            }
        );
        Assert.Equal(
            TestAws.Operations.Concat(more).Order(StringComparer.Ordinal),
            Actions().Matches(Sources).Select(match => match.Groups["action"].Value).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_error_that_is_returned_is_in_the_sources()
    {
        var codes = Directory
            .EnumerateFiles(SourceTree.PathOf(Folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Errors().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.True(codes.Count > 20, string.Join(", ", codes));
        Assert.All(codes, code => Assert.Contains($"`{code}`", Sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_type_cites_the_source_of_its_behavior()
    {
        var told = Names(Sources)
            .Concat(Names(Assumptions))
            .Select(name => name.Split('.')[0])
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(Types, type => Assert.Contains(type.Name, told));
    }

    [Fact]
    public void Every_name_in_the_tables_exists()
    {
        const BindingFlags any =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        Assert.All(
            Names(Sources).Concat(Names(Assumptions)),
            name =>
            {
                var parts = name.Split('.');
                var type = Types.SingleOrDefault(each => each.Name == parts[0]);
                Assert.True(type is not null, $"there is no type {parts[0]}");
                Assert.True(parts.Length == 1 || type.GetMember(parts[1], any).Length > 0, $"there is no {name}");
            }
        );
    }

    /// <summary>The types and members in the tables' columns "where" and "type".</summary>
    private static List<string> Names(string text)
    {
        var names = new List<string>();
        var (column, isTable) = (-1, false);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                isTable = false;
                continue;
            }

            var cells = Cells().Split(line).Select(cell => cell.Trim()).ToList();
            if (!isTable)
            {
                (column, isTable) = (cells.FindIndex(cell => cell is "where" or "type"), true);
            }
            else if (column >= 0 && !line.StartsWith("| ---", StringComparison.Ordinal))
            {
                names.AddRange(Quoted().Matches(cells[column]).Select(match => match.Groups["name"].Value));
            }
        }

        return names;
    }

    private static string Read(string name) => File.ReadAllText(SourceTree.PathOf($"{Folder}/{name}"));

    [GeneratedRegex(@"^\| `(?<action>[a-z0-9]+:\w+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Actions();

    [GeneratedRegex(
        """["<](?<code>\w+Exception|\w+NotFound|\w+AlreadyExists|ValidationError|InvalidChangeSetStatus|AccessDenied|Throttling|InvalidAction|NoSuch\w+)[">]""",
        RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Errors();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Cells();

    [GeneratedRegex(@"`(?<name>\w+(\.\w+)?)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Quoted();
}
