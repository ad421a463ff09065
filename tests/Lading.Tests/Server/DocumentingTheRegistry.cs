using Lading.Server;
using Lading.Server.Ecr;
using Lading.Testing;

namespace Lading.Tests.Server;

/// <summary>docs/registry.md lists the operations and limits of the registry, and no others.</summary>
public sealed class DocumentingTheRegistry
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_supported_operation_of_ECR_is_listed_and_no_other()
    {
        var listed = (await RowsAsync())
            .Where(row => row[0] is "registry" or "repositories" or "images" or "layers" or "lifecycle")
            .SelectMany(row => row[1].Split('`').Where((_, i) => i % 2 == 1))
            .ToList();

        var answered = typeof(IEcrOperation)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true } && type.IsAssignableTo(typeof(IEcrOperation)))
            .Select(type => type.Name[..^"Operation".Length]);

        Assert.Equal(answered.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.All(listed, name => Assert.NotNull(EcrOperations.Find(name)));
    }

    [Fact]
    public async Task The_documented_limits_are_the_actual_ones()
    {
        var limits = (await RowsAsync()).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        var options = new RegistryServerOptions();

        Assert.Contains($"{options.MostUploads:#,0}; ", limits["uploads under way"], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), options.Patience);
        Assert.Contains("408 after a minute", limits["a body that stops coming"], StringComparison.Ordinal);
        Assert.Equal($"`{options.Account}`", limits["`--account`"].Split('|')[^1].Trim());
    }

    /// <summary>The rows of the page's tables: the first cell, and the rest of the row.</summary>
    private static async Task<IReadOnlyList<string[]>> RowsAsync() =>
        [
            .. (await File.ReadAllLinesAsync(SourceTree.PathOf("docs/registry.md"), Cancelled))
                .Where(line =>
                    line.StartsWith("| ", StringComparison.Ordinal)
                    && !line.StartsWith("| |", StringComparison.Ordinal)
                    && !line.StartsWith("| ---", StringComparison.Ordinal)
                )
                .Select(line => line.Trim('|').Split('|', 2))
                .Select(cells => new[] { cells[0].Trim(), cells[1].Trim() }),
        ];
}
