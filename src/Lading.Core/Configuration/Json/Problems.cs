namespace Lading.Configuration.Json;

/// <summary>The problems of a document, collected to be reported together.</summary>
internal sealed class Problems(DocumentText source)
{
    private readonly List<(int Offset, string CameBack, string Remedy)> found = [];

    /// <summary>The first problem; null if there is none.</summary>
    public (int Offset, string CameBack)? First => found.Count == 0 ? null : (found[0].Offset, found[0].CameBack);

    /// <summary>Records a problem.</summary>
    /// <param name="offset">Its offset in bytes.</param>
    /// <param name="cameBack">What was found, without a full stop.</param>
    /// <param name="remedy">What to write instead, as whole sentences.</param>
    public void Add(int offset, string cameBack, string remedy = "") => found.Add((offset, cameBack, remedy));

    /// <summary>Throws if there are problems: one line for each, in the order of the document.</summary>
    /// <exception cref="LadingException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (found.Count == 0)
        {
            return;
        }

        var failures = found
            .OrderBy(problem => problem.Offset)
            .Select(problem =>
                LadingException.Usage(source.PositionOf(problem.Offset), problem.CameBack, problem.Remedy)
            )
            .ToList();
        var first = failures[0];
        throw failures.Count == 1
            ? first
            : LadingException.Usage(
                first.Attempted,
                first.CameBack,
                string.Join('\n', failures.Skip(1).Select(failure => failure.Message).Prepend(first.Remedy))
                    .TrimStart(' ')
            );
    }
}
