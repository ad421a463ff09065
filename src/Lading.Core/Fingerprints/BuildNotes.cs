using System.Text.RegularExpressions;
using Lading.Configuration;
using Lading.Context.Dockerfiles;

namespace Lading.Fingerprints;

/// <summary>
/// Finds probable mistakes: files that a Dockerfile reads and git does not track, arguments without a value, names that are not a
/// stage.
/// </summary>
internal static partial class BuildNotes
{
    /// <summary>Finds notes about images that are built from Dockerfiles, in the order of the images and of their lines.</summary>
    /// <exception cref="LadingException">git fails.</exception>
    public static async Task<IReadOnlyList<BuildNote>> FindAsync(
        ProjectSnapshot sources,
        IEnumerable<ImageIdentity> images,
        CancellationToken cancellationToken
    )
    {
        var built = new List<ImageIdentity>();
        foreach (var image in images.Where(image => image is { Inputs: BuiltInputs, Definition: BuiltImage }))
        {
            // A remembered identity lacks the files; they are needed only if a read matches none of them.
            built.Add(
                ((BuiltInputs)image.Inputs).HasUnmatchedReads
                    ? await image.WithFilesAsync(cancellationToken).ConfigureAwait(false)
                    : image
            );
        }

        var untracked = await UntrackedPaths.FindAsync(sources, built, cancellationToken).ConfigureAwait(false);
        return
        [
            .. built.SelectMany(image =>
                OfDockerfile(image)
                    .Concat(untracked.Where(note => note.Image == image.Name))
                    .OrderBy(note => note.Line ?? 0)
            ),
        ];
    }

    private static IEnumerable<BuildNote> OfDockerfile(ImageIdentity image)
    {
        var definition = (BuiltImage)image.Definition;
        foreach (var (name, value) in definition.Args.Where(pair => Placeholder().IsMatch(pair.Value)))
        {
            yield return new BuildNote(
                image.Name,
                null,
                null,
                $"args.{name} is literally \"{value}\": lading.json does not expand variables"
            );
        }

        var inputs = (BuiltInputs)image.Inputs;
        foreach (var doubt in inputs.Doubts)
        {
            yield return new BuildNote(image.Name, inputs.DockerfilePath, doubt.Line, TextOf(doubt, image.Name));
        }
    }

    /// <summary>The note for an instruction that uses an argument without a value.</summary>
    public static string Needing(string instruction, string argument, string image) =>
        $"{instruction} needs ARG {argument}, which has no value: set args.{argument} of image {image} in lading.json, or give it a default.";

    private static string TextOf(DockerfileWarning doubt, string image) =>
        doubt.Argument is { } argument
            ? Needing("FROM", argument, image)
            : $"--from={doubt.From} is not a stage: name its folder under contexts of image {image} in lading.json or, if you mean an image, add its tag.";

    /// <summary>Placeholders that other tools replace: <c>${COMMIT}</c>, <c>$(git rev-parse HEAD)</c>, <c>{commit}</c>.</summary>
    [GeneratedRegex(
        @"\$\{\w+\}|\$\([^)]*\)|\{(commit|branch)\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Placeholder();
}

/// <summary>A probable mistake in the build of an image.</summary>
/// <param name="Image">The image's name.</param>
/// <param name="Dockerfile">The Dockerfile, from the top of the repository; null if the mistake is elsewhere.</param>
/// <param name="Line">The line of the Dockerfile, from 1; null if the mistake is elsewhere.</param>
/// <param name="Text">One or more sentences.</param>
internal sealed record BuildNote(string Image, string? Dockerfile, int? Line, string Text)
{
    /// <summary><c>web: src/web/Dockerfile line 2: …</c></summary>
    public override string ToString() =>
        Line is { } line ? $"{Image}: {Dockerfile} line {line}: {Text}" : $"{Image}: {Text}";
}
