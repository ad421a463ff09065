namespace Lading.Context;

/// <summary>
/// The files of a context that an instruction refers to, folder by folder: <c>src/*.cs</c>. A folder stands for everything in it, and
/// <c>**</c> for any number of folders, including none.
/// </summary>
internal sealed class ContextPattern
{
    /// <summary>States are bits of a 64-bit word, and one of them is the final state.</summary>
    private const int MaxSteps = 63;
    private const string AnyFolders = "**";

    /// <summary>Null stands for any number of folders.</summary>
    private readonly IReadOnlyList<NamePattern?> steps;

    private ContextPattern(IReadOnlyList<NamePattern?> steps)
    {
        this.steps = steps;
        Start = WithSkipped(1);
    }

    /// <summary>The initial states: bit n is set if n steps are completed.</summary>
    public ulong Start { get; }

    /// <summary>Equal for equivalent patterns.</summary>
    public string Key =>
        string.Join(
            '/',
            steps.Select(step =>
                step is null ? AnyFolders
                : step.IsLiteral ? "=" + step.Text
                : step.Text
            )
        );

    /// <summary>Parses a clean path, which is below the context's root.</summary>
    /// <exception cref="FormatException">A class does not end, or there are too many folders.</exception>
    public static ContextPattern Parse(string path)
    {
        var steps = new List<NamePattern?>();
        foreach (var part in path.Split('/'))
        {
            if (part != AnyFolders && part.Contains(AnyFolders, StringComparison.Ordinal))
            {
                // Some engines let it cross folders: everything here may match.
                steps.Add(NamePattern.Parse("*"));
                break;
            }

            steps.Add(part == AnyFolders ? null : NamePattern.Parse(part));
        }

        return Of(steps);
    }

    /// <summary>The pattern for the target of a symbolic link that the path passes through.</summary>
    /// <param name="folder">The link's target, name by name.</param>
    /// <param name="behind">The number of completed steps, including the link.</param>
    /// <exception cref="FormatException">There are too many folders.</exception>
    public ContextPattern Through(IEnumerable<string> folder, int behind) =>
        Of([.. folder.Select(NamePattern.Literal), .. steps.Skip(behind)]);

    /// <summary>The states after another folder or file.</summary>
    public ulong After(ulong states, ReadOnlySpan<char> name)
    {
        var next = 0UL;
        for (var i = 0; i < steps.Count && states >> i != 0; i++)
        {
            if ((states >> i & 1) != 0)
            {
                next |=
                    steps[i] is not { } step ? 1UL << i
                    : step.Matches(name) ? 2UL << i
                    : 0;
            }
        }

        return WithSkipped(next);
    }

    /// <summary>True if all steps are completed: this path and everything below it matches.</summary>
    public bool IsNamed(ulong states) => (states >> steps.Count) != 0;

    private static ContextPattern Of(IReadOnlyList<NamePattern?> steps) =>
        steps.Count <= MaxSteps
            ? new ContextPattern(steps)
            : throw new FormatException($"a path has more than {MaxSteps} folders");

    private ulong WithSkipped(ulong states)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if ((states >> i & 1) != 0 && steps[i] is null)
            {
                states |= 2UL << i;
            }
        }

        return states;
    }
}
