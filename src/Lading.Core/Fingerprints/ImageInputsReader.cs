using Lading.Configuration;
using Lading.Fingerprints.Remembered;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Reads the inputs of many images at once, in a few round trips to git and then one for each level of folders.</summary>
/// <param name="objects">The repository's objects.</param>
/// <param name="paths">The project's folder in it.</param>
/// <param name="memory">Has remembered identities; null to read every input.</param>
internal sealed class ImageInputsReader(ObjectReader objects, RepositoryPath paths, IdentityMemory? memory = null)
{
    private readonly TreeReader trees = new(objects);

    /// <summary>False once an object was missing: if it exists next time, the same ids may give another result.</summary>
    private bool isComplete = true;

    /// <summary>Reads the inputs of images at one revision; for those with a remembered identity, without their files.</summary>
    /// <exception cref="LadingException">A context, Dockerfile or source does not exist, or cannot be parsed.</exception>
    public async Task<IReadOnlyList<ScopedInputs>> ReadAsync(
        RevisionView view,
        IReadOnlyList<ImageDefinition> definitions,
        CancellationToken cancellationToken
    )
    {
        var resolvers = definitions.Select(definition => Of(definition, view, FingerprintVersion.Latest)).ToList();
        var found = await FindAsync(view, resolvers, cancellationToken).ConfigureAwait(false);
        var traces = resolvers.Select((resolver, i) => TraceOf(definitions[i], view, resolver, found)).ToList();
        var known = traces.ConvertAll(trace => trace is { } present ? memory!.Find(present) : null);
        var fresh = new Queue<ScopedInputs>(
            await ReadAsync(found, [.. resolvers.Where((_, i) => known[i] is null)], cancellationToken)
                .ConfigureAwait(false)
        );
        var read = new List<ScopedInputs>();
        for (var i = 0; i < resolvers.Count; i++)
        {
            if (known[i] is { } remembered)
            {
                read.Add(resolvers[i].Recall(found.Of(resolvers[i]), remembered));
                continue;
            }

            var one = fresh.Dequeue() with { Trace = isComplete ? traces[i] : null };
            read.Add(
                one.Inputs.Version > FingerprintVersion.First
                    ? one with
                    {
                        Earlier = await FindEarlierAsync(view, definitions[i], cancellationToken).ConfigureAwait(false),
                    }
                    : one
            );
        }

        return read;
    }

    private IdentityTrace? TraceOf(
        ImageDefinition definition,
        RevisionView view,
        InputResolver resolver,
        FoundPaths found
    ) =>
        memory is not null && resolver.IsRemembered
            ? IdentityTrace.Of(definition, view.Pins, paths, found.Of(resolver).Trace)
            : null;

    /// <summary>The inputs by the first rules, under which the image may have been published; null if those rules could not read it.</summary>
    private async Task<ImageInputs?> FindEarlierAsync(
        RevisionView view,
        ImageDefinition definition,
        CancellationToken cancellationToken
    )
    {
        try
        {
            List<InputResolver> resolvers = [Of(definition, view, FingerprintVersion.First)];
            var found = await FindAsync(view, resolvers, cancellationToken).ConfigureAwait(false);
            var read = await ReadAsync(found, resolvers, cancellationToken).ConfigureAwait(false);
            return read[0].Inputs;
        }
        catch (LadingException)
        {
            return null;
        }
    }

    private Task<FoundPaths> FindAsync(
        RevisionView view,
        List<InputResolver> resolvers,
        CancellationToken cancellationToken
    ) =>
        FoundPaths.ReadAsync(
            objects,
            view.Root,
            paths,
            [.. resolvers.SelectMany(resolver => resolver.Paths).Distinct(StringComparer.Ordinal)],
            [.. resolvers.SelectMany(resolver => resolver.Texts).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );

    private async Task<List<ScopedInputs>> ReadAsync(
        FoundPaths found,
        List<InputResolver> resolvers,
        CancellationToken cancellationToken
    )
    {
        var roots = resolvers.SelectMany(resolver => resolver.Trees(found.Of(resolver))).Distinct().ToList();
        await trees.LoadAsync(roots, cancellationToken).ConfigureAwait(false);
        var targets = await ReadLinksAsync(resolvers, found, cancellationToken).ConfigureAwait(false);
        return resolvers.ConvertAll(resolver => resolver.Read(found.Of(resolver), trees, targets));
    }

    /// <summary>Reads links until none leads to another; most projects have none.</summary>
    private async Task<Dictionary<ObjectId, byte[]>> ReadLinksAsync(
        List<InputResolver> resolvers,
        FoundPaths found,
        CancellationToken cancellationToken
    )
    {
        var targets = new Dictionary<ObjectId, byte[]>();
        while (true)
        {
            var unknown = resolvers
                .SelectMany(resolver => resolver.Links(found.Of(resolver), trees, targets))
                .Distinct()
                .ToList();
            if (unknown.Count == 0)
            {
                return targets;
            }

            var answers = await objects
                .FindAllAsync(unknown.ConvertAll(id => id.ToString()), cancellationToken)
                .ConfigureAwait(false);
            for (var i = 0; i < unknown.Count; i++)
            {
                // A missing object leads nowhere; writing the files reports it.
                targets[unknown[i]] = answers[i]?.Content ?? [];
                isComplete &= answers[i] is not null;
            }
        }
    }

    private InputResolver Of(ImageDefinition definition, RevisionView view, int rules) =>
        definition switch
        {
            BuiltImage built => new BuiltImageResolver(built, view, paths, rules),
            AssembledImage assembled => new AssembledImageResolver(assembled, view, paths),
            MirroredImage mirrored => new MirroredImageResolver(mirrored, view),
            _ => throw new NotSupportedException(definition.GetType().Name),
        };
}
