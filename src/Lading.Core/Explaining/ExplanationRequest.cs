namespace Lading.Explaining;

/// <summary>The arguments of <c>why</c>.</summary>
/// <param name="Image">The image's name; null if a published image is requested.</param>
/// <param name="From">What to compare it with; null for nothing.</param>
/// <param name="To">Null for the working tree.</param>
/// <param name="Published">A repository and digest; null if an image of <c>lading.json</c> is requested.</param>
/// <param name="WithFiles">Whether to list each file.</param>
internal sealed record ExplanationRequest(string? Image, string? From, string? To, string? Published, bool WithFiles)
{
    /// <summary>Whether the arguments name exactly one image.</summary>
    public bool IsValid => Published is null ? Image is not null : (Image ?? From ?? To) is null;

    /// <summary>Why they do not name one, and what to write instead.</summary>
    /// <param name="example">The name of an image in the project.</param>
    public LadingException Fault(string example)
    {
        if (Published is null)
        {
            return Refused(
                "no image is named",
                $"Run 'lading why {example}', or 'lading why --image repository@digest'."
            );
        }

        var other =
            Image is not null ? "a name"
            : From is not null ? "--from"
            : "--to";
        return Refused(
            $"--image and {other} exclude each other",
            $"To compare a published image, run 'lading why {Image ?? example} --from repository@digest'."
        );
    }

    private static LadingException Refused(string cameBack, string remedy) =>
        LadingException.Usage("Could not read the command line", cameBack, remedy);
}
