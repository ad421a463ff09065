using Lading.Configuration;
using Lading.Context.Dockerfiles;

namespace Lading.Fingerprints;

/// <summary>What an image's Dockerfile makes use of.</summary>
/// <param name="Bases">The images it starts or copies from.</param>
/// <param name="Narrowing">How much of the context it reads, before links are followed.</param>
internal sealed record DockerfileUse(IReadOnlyList<BaseInput> Bases, Narrowing Narrowing)
{
    /// <exception cref="FormatException">It is no Dockerfile, or has no such target.</exception>
    public static DockerfileUse Of(ReadOnlySpan<byte> dockerfile, BuiltImage image, BasePins pins)
    {
        var parsed = DockerfileReader.Parse(dockerfile);
        var references = BaseImages.ReachedBy(parsed, image.Target, image.Args, image.Platforms, image.Contexts);
        return new DockerfileUse(
            [.. references.Select(reference => new BaseInput(reference, pins.Find(reference)?.Digest))],
            ContextReading.Of(
                parsed,
                image.Target,
                image.Args,
                image.Platforms,
                image.Contexts,
                reference => pins.Find(reference)?.OnBuild
            )
        );
    }
}
