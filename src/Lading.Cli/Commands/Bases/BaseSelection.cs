using Lading.Bases;
using Lading.Configuration;
using Lading.Configuration.Json;
using Lading.Context;
using Lading.Projects;

namespace Lading.Cli.Commands.Bases;

/// <summary>The bases of the project in the working directory, and the file of their pins.</summary>
/// <param name="Project">The project.</param>
/// <param name="Bases">Its bases.</param>
/// <param name="DisplayPath">The file's name for people.</param>
internal sealed record BaseSelection(Project Project, ProjectBases Bases, string DisplayPath)
{
    /// <exception cref="LadingException">There is no project, or it has errors.</exception>
    public static async Task<BaseSelection> OfAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        var path = Path.Combine(project.Folder.Path, OwnFiles.BasePins);
        var display = Path.GetRelativePath(invocation.Host.WorkingDirectory, path).Replace('\\', '/');
        var pins = await BasePinsFile.ReadAsync(project.Folder.Path, display, cancellationToken).ConfigureAwait(false);
        return new BaseSelection(project, ProjectBases.Read(project.Folder.Path, project.Configuration, pins), display);
    }

    /// <summary>The bases with given references, or all if none is given.</summary>
    /// <exception cref="LadingException">A reference matches none of them.</exception>
    public IReadOnlyList<BaseUse> Choose(IReadOnlyCollection<string> references) =>
        references.Count == 0 ? Bases.Uses : [.. references.SelectMany(Named).Distinct()];

    private IEnumerable<BaseUse> Named(string reference)
    {
        var named = Bases.Uses.Where(use => use.IsNamed(reference)).ToList();
        return named.Count > 0
            ? named
            : throw LadingException.Usage(
                $"Could not find base {reference}",
                "no image in lading.json uses it",
                Bases.Uses.Count == 0
                    ? "None is made from any."
                    : Advice.Choose(reference, Bases.Uses.Select(use => use.Reference))
            );
    }
}
