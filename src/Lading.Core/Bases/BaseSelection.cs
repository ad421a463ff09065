using Lading.Configuration;
using Lading.Configuration.Json;
using Lading.Context;
using Lading.Projects;

namespace Lading.Bases;

/// <summary>The bases of a project, and where their pins are kept.</summary>
/// <param name="Project">The project.</param>
/// <param name="Bases">Its bases.</param>
/// <param name="DisplayPath">The path of the pins' file, for messages.</param>
internal sealed record BaseSelection(Project Project, ProjectBases Bases, string DisplayPath)
{
    /// <summary>Reads the bases of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="from">The folder that the path shown for the pins' file is relative to.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">A pin or a Dockerfile is wrong.</exception>
    public static async Task<BaseSelection> OfAsync(Project project, string from, CancellationToken cancellationToken)
    {
        var path = Path.Combine(project.Folder.Path, OwnFiles.BasePins);
        var display = SlashPath.From(from, path);
        var pins = await BasePinsFile.ReadAsync(project.Folder.Path, display, cancellationToken).ConfigureAwait(false);
        return new BaseSelection(project, ProjectBases.Read(project.Folder.Path, project.Configuration, pins), display);
    }

    /// <summary>The bases with given references, or all if none is given.</summary>
    /// <exception cref="LadingException">A reference matches none of them.</exception>
    public IReadOnlyList<BaseDependency> Choose(IReadOnlyCollection<string> references) =>
        references.Count == 0 ? Bases.Uses : [.. references.SelectMany(Named).Distinct()];

    private IEnumerable<BaseDependency> Named(string reference)
    {
        var named = Bases.Uses.Where(use => use.IsNamed(reference)).ToList();
        return named.Count > 0
            ? named
            : throw LadingException.Usage(
                $"Could not find base {reference}",
                "no image in lading.json uses it",
                Bases.Uses.Count == 0
                    ? "None is made from any."
                    : Suggestions.Choose(reference, Bases.Uses.Select(use => use.Reference))
            );
    }
}
