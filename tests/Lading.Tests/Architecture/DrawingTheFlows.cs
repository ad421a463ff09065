using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>
/// The flows drawn in docs/internals.md are those of the code: a type further in is called by the one above it.
/// </summary>
public sealed class DrawingTheFlows
{
    private static readonly string[] Page = File.ReadAllLines(SourceTree.PathOf("docs/internals.md"));

    private static readonly Dictionary<string, Type> Types = Sources
        .Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.DeclaringType is null && !type.Name.Contains('<', StringComparison.Ordinal))
        .DistinctBy(type => type.Name)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    [Theory]
    [InlineData("PublishCommand", 30)]
    [InlineData("CheckCommand", 22)]
    [InlineData("LadingImage", 20)]
    public void Each_hop_is_a_call(string first, int least)
    {
        var hops = HopsOf(Drawing(first));

        Assert.InRange(hops.Count, least, int.MaxValue);
        Assert.All(hops, hop => Assert.True(Calls(hop.From, hop.To), $"{hop.From} does not call {hop.To}"));
    }

    [Theory]
    [InlineData("`lading publish`", "PublishCommand")]
    [InlineData("`lading check`", "CheckCommand")]
    [InlineData("`new LadingImage(\"web\")`", "LadingImage")]
    public void The_tables_count_the_hops_of_the_drawings(string flow, string first)
    {
        var depths = DepthsOf(Drawing(first)).ToLookup(each => each.Name, each => each.Depth);
        var rows = Page.SkipWhile(line => !line.StartsWith($"| {flow} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var (counted, sum) = (rows.SkipLast(1).ToList(), rows[^1]);

        Assert.NotEmpty(counted);
        Assert.All(counted, row => Assert.Contains(Number(row[4]), depths[row[2].Trim('`')]));
        Assert.Equal(Number(sum[3]), counted.Sum(row => Number(row[3])));
        Assert.Equal(Number(sum[4]), counted.Sum(row => Number(row[4])));
    }

    [Fact]
    public void A_line_further_in_is_called_by_the_line_above() =>
        Assert.Equal(
            [("A", "B"), ("B", "C"), ("B", "D"), ("A", "E")],
            HopsOf(["A   the first", "  B", "    C, D   two", "  E"])
        );

    private static List<string> Drawing(string first) =>
        [
            .. Page.SkipWhile(line => !line.StartsWith(first + " ", StringComparison.Ordinal))
                .TakeWhile(line => line != "```"),
        ];

    private static IEnumerable<(string Name, int Depth)> DepthsOf(IEnumerable<string> drawing) =>
        from line in drawing
        from name in NamesOf(line)
        select (name, (line.Length - line.TrimStart().Length) / 2);

    private static string[] NamesOf(string line) => line.TrimStart().Split("  ")[0].Split(", ");

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static List<(string From, string To)> HopsOf(IReadOnlyList<string> drawing)
    {
        var hops = new List<(string, string)>();
        var above = new Stack<(int Depth, string Name)>();
        foreach (var line in drawing)
        {
            var depth = line.Length - line.TrimStart().Length;
            var names = NamesOf(line);
            while (above.TryPeek(out var last) && last.Depth >= depth)
            {
                above.Pop();
            }

            if (above.TryPeek(out var caller))
            {
                hops.AddRange(names.Select(name => (caller.Name, name)));
            }

            above.Push((depth, names[0]));
        }

        return hops;
    }

    private static IEnumerable<Type> Within(Type type) =>
        type.GetNestedTypes(System.Reflection.BindingFlags.NonPublic).SelectMany(Within).Prepend(type);

    /// <summary>
    /// By its name or through an interface, from its own code or from the types nested in it, compiled closures
    /// included.
    /// </summary>
    private static bool Calls(string from, string to)
    {
        Type caller = Types[from],
            called = Types[to];
        var named = Within(caller).SelectMany(ReferencedTypes.Of).ToHashSet();
        return named.Contains(called) || called.GetInterfaces().Any(named.Contains);
    }
}
