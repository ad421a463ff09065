using Lading.Bench.Images;

namespace Lading.Bench;

/// <summary>Where a run of benchmarks finds its files, and its settings.</summary>
/// <param name="Root">The folder of Lading.slnx.</param>
/// <param name="Tool">The program to measure.</param>
/// <param name="Cache">The folder of generated data, kept from run to run.</param>
/// <param name="Rounds">How often each contender runs; null for the benchmark's own number.</param>
/// <param name="Only">A prefix of the names of the images to measure with.</param>
internal sealed record Workplace(string Root, string Tool, string Cache, int? Rounds, string Only)
{
    /// <summary>The images to measure with.</summary>
    public IEnumerable<ImageShape> Images =>
        ImageShape.All.Where(shape => shape.Name.StartsWith(Only, StringComparison.Ordinal));

    public string BenchFolder => Path.Combine(Root, "bench");

    public static Workplace Find(RunOptions options)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Lading.slnx")))
        {
            root = root.Parent;
        }

        if (root is null)
        {
            throw new InvalidOperationException("The benchmarks run from within the repository: ./build bench");
        }

        var tool = options.Tool ?? Path.Combine(root.FullName, "artifacts", "lading");
        return File.Exists(tool)
            ? new Workplace(
                root.FullName,
                tool,
                Path.Combine(Path.GetTempPath(), "lading-bench"),
                options.Rounds,
                options.Only
            )
            : throw new InvalidOperationException($"There is no {tool}: run './build bench', or './build pack' first.");
    }
}
