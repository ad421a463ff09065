using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lading.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record RunOptions
{
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>How often each contender runs; null for the benchmark's own number.</summary>
    public int? Rounds { get; init; }

    /// <summary>The program to measure; null for <c>artifacts/lading</c>.</summary>
    public string? Tool { get; init; }

    public bool PrintOnly { get; init; }

    /// <summary>A prefix of the names of the images to measure with; empty for all.</summary>
    public string Only { get; init; } = "";

    public bool Wants(string name) => Names.Count == 0 || Names.Contains(name);

    public static bool TryParse(
        IReadOnlyList<string> args,
        IReadOnlyList<string> known,
        [NotNullWhen(true)] out RunOptions? options,
        [NotNullWhen(false)] out string? problem
    )
    {
        options = new RunOptions();
        problem = null;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--print":
                    options = options with { PrintOnly = true };
                    break;
                case "--rounds" when i + 1 < args.Count:
                    options = options with { Rounds = int.Parse(args[++i], CultureInfo.InvariantCulture) };
                    break;
                case "--only" when i + 1 < args.Count:
                    options = options with { Only = args[++i], PrintOnly = true };
                    break;
                case "--lading" when i + 1 < args.Count:
                    options = options with { Tool = Path.GetFullPath(args[++i]) };
                    break;
                case var name when known.Contains(name):
                    options = options with { Names = [.. options.Names, name] };
                    break;
                default:
                    options = null;
                    problem =
                        $"'{args[i]}' is not a benchmark. Choose from {string.Join(", ", known)}, and --rounds N, --lading FILE, --only IMAGE, --print";
                    return false;
            }
        }

        return true;
    }
}
