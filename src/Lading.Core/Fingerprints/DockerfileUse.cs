using Lading.Configuration;
using Lading.Context.Dockerfiles;

namespace Lading.Fingerprints;

/// <summary>What an image's Dockerfile uses.</summary>
/// <param name="Bases">Its base images.</param>
/// <param name="Narrowing">How much of the context it reads, without following links.</param>
internal sealed record DockerfileUse(IReadOnlyList<BaseReference> Bases, Narrowing Narrowing)
{
    /// <summary>True if the context is narrowed only because the variables of bases are known.</summary>
    public bool NeedsEnvironment { get; init; }

    /// <summary>Probable mistakes in it.</summary>
    public IReadOnlyList<DockerfileWarning> Doubts { get; init; } = [];

    /// <param name="dockerfile">Its bytes.</param>
    /// <param name="image">The image.</param>
    /// <param name="pins">The pins of bases.</param>
    /// <param name="rules">The version of the rules: in the first version, variables of bases are unknown.</param>
    /// <exception cref="FormatException">It is not a Dockerfile, or has no such target.</exception>
    public static DockerfileUse Of(ReadOnlySpan<byte> dockerfile, BuiltImage image, BasePins pins, int rules)
    {
        var parsed = DockerfileReader.Parse(dockerfile);
        var references = BaseImages.ReachedBy(parsed, image.Target, image.Args, image.Platforms, image.Contexts);
        var narrowing = Read(static _ => null);
        var withVariables =
            narrowing.IsWhole
            && rules >= FingerprintVersion.Second
            && references.Any(reference => pins.Find(reference)?.Env is not null)
                ? Read(reference => pins.Find(reference)?.Env)
                : null;
        var needsEnvironment = withVariables is { IsWhole: false };
        return new DockerfileUse(
            [.. references.Select(reference => new BaseReference(reference, pins.Find(reference)?.Digest))],
            needsEnvironment ? withVariables! : narrowing
        )
        {
            NeedsEnvironment = needsEnvironment,
            Doubts = DockerfileWarning.In(
                parsed,
                image.Target,
                image.Args,
                image.Platforms,
                image.Contexts,
                pins.Pins.Keys
            ),
        };

        Narrowing Read(Func<string, IReadOnlyDictionary<string, string?>?> environmentOf) =>
            ContextAnalysis.Of(
                parsed,
                image.Target,
                image.Args,
                image.Platforms,
                image.Contexts,
                reference => pins.Find(reference)?.OnBuild,
                environmentOf
            );
    }
}
