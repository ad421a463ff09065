using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Reads what images are made from, for many images at once: a few rounds of questions to git, then one a level of folders.</summary>
internal sealed class ImageInputsReader(ObjectReader objects, RepositoryPath paths)
{
    private readonly TreeReader trees = new(objects);

    /// <summary>Reads the inputs of images as one revision has them.</summary>
    /// <exception cref="LadingException">A context, Dockerfile or source is not there, or not understood.</exception>
    public async Task<IReadOnlyList<ScopedInputs>> ReadAsync(
        RevisionView view,
        IReadOnlyList<ImageDefinition> definitions,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadAsync(
                view,
                [.. definitions.Select(definition => Of(definition, view, FingerprintVersion.Latest))],
                cancellationToken
            )
            .ConfigureAwait(false);
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Inputs.Version > FingerprintVersion.First)
            {
                var earlier = await FindEarlierAsync(view, definitions[i], cancellationToken).ConfigureAwait(false);
                read[i] = read[i] with { Earlier = earlier };
            }
        }

        return read;
    }

    /// <summary>What an image had by the first rules, under which it may have been published; null if they could not read it.</summary>
    private async Task<ImageInputs?> FindEarlierAsync(
        RevisionView view,
        ImageDefinition definition,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var read = await ReadAsync(view, [Of(definition, view, FingerprintVersion.First)], cancellationToken)
                .ConfigureAwait(false);
            return read[0].Inputs;
        }
        catch (LadingException)
        {
            return null;
        }
    }

    private async Task<List<ScopedInputs>> ReadAsync(
        RevisionView view,
        List<InputResolver> resolvers,
        CancellationToken cancellationToken
    )
    {
        var found = await FoundPaths
            .ReadAsync(
                objects,
                view.Root,
                paths,
                [.. resolvers.SelectMany(resolver => resolver.Paths).Distinct(StringComparer.Ordinal)],
                [.. resolvers.SelectMany(resolver => resolver.Texts).Distinct(StringComparer.Ordinal)],
                cancellationToken
            )
            .ConfigureAwait(false);
        var roots = resolvers.SelectMany(resolver => resolver.Trees(found)).Distinct().ToList();
        await trees.LoadAsync(roots, cancellationToken).ConfigureAwait(false);
        var targets = await ReadLinksAsync(resolvers, found, cancellationToken).ConfigureAwait(false);
        return resolvers.ConvertAll(resolver => resolver.Read(found, trees, targets));
    }

    /// <summary>Reads links until none is left that leads to another; most projects have none if it matters.</summary>
    private async Task<Dictionary<ObjectId, byte[]>> ReadLinksAsync(
        List<InputResolver> resolvers,
        FoundPaths found,
        CancellationToken cancellationToken
    )
    {
        var targets = new Dictionary<ObjectId, byte[]>();
        while (true)
        {
            var unknown = resolvers.SelectMany(resolver => resolver.Links(found, trees, targets)).Distinct().ToList();
            if (unknown.Count == 0)
            {
                return targets;
            }

            var answers = await objects
                .FindAllAsync(unknown.ConvertAll(id => id.ToString()), cancellationToken)
                .ConfigureAwait(false);
            for (var i = 0; i < unknown.Count; i++)
            {
                // What is not there points nowhere; whoever writes it out will say so.
                targets[unknown[i]] = answers[i]?.Content ?? [];
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
