using Lading.Configuration;
using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Returns the fingerprints of images: remembered, or computed on all processors.</summary>
/// <param name="objects">The repository's objects.</param>
/// <param name="paths">The project's folder in it.</param>
/// <param name="memory">Remembers fingerprints; null if each is computed.</param>
internal sealed class FingerprintReader(ObjectReader objects, RepositoryPath paths, IdentityMemory? memory)
{
    private readonly ImageInputsReader inputs = new(objects, paths, memory);

    /// <summary>Reads inputs and fingerprints of images at one revision.</summary>
    /// <exception cref="LadingException">A context, Dockerfile or source does not exist, or cannot be parsed.</exception>
    public async Task<IReadOnlyList<ComputedFingerprint>> ReadAsync(
        RevisionView view,
        IReadOnlyList<ImageDefinition> definitions,
        CancellationToken cancellationToken
    )
    {
        var read = await inputs.ReadAsync(view, definitions, cancellationToken).ConfigureAwait(false);
        var fingerprinted = await FingerprintAsync(read).ConfigureAwait(false);
        foreach (var one in fingerprinted)
        {
            if (
                one is { Read.Trace: { } trace, Read.Inputs.Recalled: null }
                && RememberedIdentity.Of(one.Read, one.Fingerprint, one.Earlier) is { } identity
            )
            {
                memory?.Add(trace, identity);
            }
        }

        return fingerprinted;
    }

    /// <summary>Reads the inputs of a remembered identity. A build then uses what was read, rather than what was remembered.</summary>
    /// <exception cref="LadingException">The files have another fingerprint.</exception>
    public async Task<ImageIdentity> CompleteAsync(
        ImageIdentity remembered,
        RevisionView view,
        ImageDefinition definition,
        CancellationToken cancellationToken
    )
    {
        var read = await new ImageInputsReader(objects, paths)
            .ReadAsync(view, [definition], cancellationToken)
            .ConfigureAwait(false);
        if (read[0].Inputs.Fingerprint() != remembered.Fingerprint)
        {
            memory?.Clear();
            throw new LadingException(
                $"Could not read the inputs of image {remembered.Name}",
                $"they have the identity {read[0].Inputs.Fingerprint().SourceTag}, and {remembered.Fingerprint.SourceTag} was remembered for them",
                "Run it again: what was remembered is forgotten. If it happens twice, --no-cache computes everything."
            );
        }

        return remembered with
        {
            Inputs = read[0].Inputs,
            Unread = null,
        };
    }

    private static async Task<IReadOnlyList<ComputedFingerprint>> FingerprintAsync(IReadOnlyList<ScopedInputs> read)
    {
        var fingerprints = new ComputedFingerprint[read.Count];
        var next = -1;
        var workers = Math.Min(Environment.ProcessorCount, read.Count(one => one.Inputs.Recalled is null));
        if (workers < 2)
        {
            Work();
            return fingerprints;
        }

        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(Work))).ConfigureAwait(false);
        return fingerprints;

        void Work()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < fingerprints.Length; )
            {
                fingerprints[i] = ComputedFingerprint.Of(read[i]);
            }
        }
    }
}
