using System.Globalization;

namespace Lading.Fingerprints.Remembered;

/// <summary>The remembered identity of an image: everything that otherwise requires walking the trees of its inputs.</summary>
/// <param name="Fingerprint">The identity.</param>
/// <param name="Earlier">The identity by older rules; null if it is the same, or there is none.</param>
/// <param name="Counts">The number of files: of the context, then of each named context.</param>
/// <param name="HasUnmatchedReads">Whether an instruction reads something that matches no file.</param>
internal sealed record RememberedIdentity(
    Fingerprint Fingerprint,
    Fingerprint? Earlier,
    IReadOnlyList<int> Counts,
    bool HasUnmatchedReads
)
{
    private const string None = "-";
    private const string Unmatched = "unmatched";

    /// <summary>The identity to remember; null if the inputs must be read each time.</summary>
    public static RememberedIdentity? Of(ScopedInputs read, Fingerprint fingerprint, Fingerprint? earlier) =>
        read switch
        {
            { Inputs: BuiltInputs { Narrowing.FollowsLinks: false } built } => new(
                fingerprint,
                earlier,
                [built.Files.Count, .. built.Contexts.Select(context => context.Files.Count)],
                built.HasUnmatchedReads
            ),
            { Inputs: AssembledInputs assembled } => new(fingerprint, earlier, [assembled.FileCount], false),
            _ => null,
        };

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    /// <returns>Null for any other text.</returns>
    public static RememberedIdentity? Parse(string text)
    {
        var fields = text.Split(' ');
        if (fields.Length != 4 || fields[3] is not (None or Unmatched))
        {
            return null;
        }

        var counts = new List<int>();
        foreach (var field in fields[2].Split(','))
        {
            if (!int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return null;
            }

            counts.Add(count);
        }

        try
        {
            return new RememberedIdentity(
                Fingerprint.Parse(fields[0]),
                fields[1] == None ? null : Fingerprint.Parse(fields[1]),
                counts,
                fields[3] == Unmatched
            );
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString()
    {
        var counts = Counts.Select(count => count.ToString(CultureInfo.InvariantCulture));
        return $"{Fingerprint.Hex} {Earlier?.Hex ?? None} {string.Join(',', counts)} {(HasUnmatchedReads ? Unmatched : None)}";
    }
}
