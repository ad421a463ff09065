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
        return [.. readers.Select(reader => reader.Read(found, trees))];
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
