using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>Reads what images are made from, for many images at once: two rounds of questions to git, then one a level of folders.</summary>
internal sealed class InputsReader(ObjectReader objects, RepositoryPath paths)
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
        var readers = definitions.Select(definition => Of(definition, view)).ToList();
        var names = readers.SelectMany(reader => reader.Names).Distinct(StringComparer.Ordinal).ToList();
        var answers = await objects
            .FindAllAsync([.. names.Select(view.NameOf)], cancellationToken)
            .ConfigureAwait(false);
        var found = new Dictionary<string, GitObject?>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            found[names[i]] = answers[i];
        }

        var roots = readers.SelectMany(reader => reader.Trees(found)).Distinct().ToList();
        await trees.LoadAsync(roots, cancellationToken).ConfigureAwait(false);
        var targets = await ReadLinksAsync(readers, found, cancellationToken).ConfigureAwait(false);
        return [.. readers.Select(reader => reader.Read(found, trees, targets))];
    }

    /// <summary>Reads links until none is left that leads to another; most projects have none where it matters.</summary>
    private async Task<Dictionary<ObjectId, byte[]>> ReadLinksAsync(
        List<IInputsOf> readers,
        Dictionary<string, GitObject?> found,
        CancellationToken cancellationToken
    )
    {
        var targets = new Dictionary<ObjectId, byte[]>();
        while (true)
        {
            var unknown = readers.SelectMany(reader => reader.Links(found, trees, targets)).Distinct().ToList();
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

    private IInputsOf Of(ImageDefinition definition, RevisionView view) =>
        definition switch
        {
            BuiltImage built => new InputsOfBuilt(built, view, paths),
            AssembledImage assembled => new InputsOfAssembled(assembled, view, paths),
            ForeignImage foreign => new InputsOfForeign(foreign, view),
            _ => throw new NotSupportedException(definition.GetType().Name),
        };
}
