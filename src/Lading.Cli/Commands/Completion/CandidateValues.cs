using System.CommandLine;
using Lading.Engines;

namespace Lading.Cli.Commands.Completion;

/// <summary>The values of options and arguments.</summary>
/// <param name="project">The names in the project.</param>
internal sealed class CandidateValues(ProjectNames project)
{
    private const string EnvironmentMeaning = "environment";
    private const string ImageMeaning = "image";

    /// <summary>Whether a value is a path.</summary>
    public static bool IsPath(Option option) =>
        option.HelpName is "file" or "folder" || option.Name is "--app" or "--store" or "--logins";

    /// <summary>Whether a value is a path, or may be one.</summary>
    public static bool IsPath(Command verb, Argument argument) =>
        verb.Name == "run" || argument.Name is "source" or "target";

    /// <summary>The values of an option; empty if any text is valid.</summary>
    public IEnumerable<Candidate> Of(Option option) =>
        option.Name switch
        {
            "--env" => Environments,
            "--from" or "--to" => [.. Environments, new Candidate("HEAD", "the commit that is checked out")],
            "--engine" => EngineChoice.Known.Select(name => new Candidate(name, "container engine")),
            "--platform" => ProjectNames.Platforms.Select(name => new Candidate(name, "platform")),
            _ when option.HelpName?.Contains('|', StringComparison.Ordinal) == true => option
                .HelpName.Split('|')
                .Select(word => new Candidate(word, "")),
            _ => [],
        };

    /// <summary>The values of an argument; empty if any text is valid.</summary>
    /// <param name="verb">The verb with the argument.</param>
    /// <param name="path">The parent verbs and the verb itself.</param>
    /// <param name="argument">The argument.</param>
    public IEnumerable<Candidate> Of(Command verb, IReadOnlyList<Command> path, Argument argument) =>
        argument.Name switch
        {
            "shell" => CompletionCommand.Shells.Select(name => new Candidate(name, "shell")),
            "check" => DoctorCheck.Names.Select(name => new Candidate(name, "check")),
            "stacks" => project.Stacks.Select(name => new Candidate(name, "stack")),
            "from" or "to" => Environments,
            "reference" when verb.Name is "update" or "check" => project.Bases.Select(name => new Candidate(
                name,
                "base"
            )),
            "image@revision" => project.Images.Select(name => new Candidate($"{name}@", ImageMeaning)),
            // 'lading image …' takes references to any registry.
            "image" when !path.Any(each => each.Name == "image") => project.Images.Select(name => new Candidate(
                name,
                ImageMeaning
            )),
            _ => [],
        };

    private IEnumerable<Candidate> Environments =>
        project.Environments.Select(name => new Candidate(name, EnvironmentMeaning));
}
