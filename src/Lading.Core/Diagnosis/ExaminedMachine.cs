using Lading.Configuration;
using Lading.Processes;
using Lading.Projects;

namespace Lading.Diagnosis;

/// <summary>What the checks look at: this machine, and the project around the working directory if there is one.</summary>
/// <param name="Caller">The process that asks.</param>
/// <param name="Time">The clock.</param>
internal sealed record ExaminedMachine(CallingProcess Caller, TimeProvider Time)
{
    /// <summary>The project; null if there is none, or its configuration is wrong.</summary>
    public Project? Project { get; private init; }

    /// <summary>Where the configuration is; null if there is none.</summary>
    public ConfigurationFile? Configuration { get; private init; }

    /// <summary>What is wrong with the configuration, or that there is none; null if there is a project.</summary>
    public LadingException? ProjectFailure { get; private init; }

    /// <summary>The project's folder, or the one that the program was started in.</summary>
    public string Folder => Configuration?.Folder ?? Caller.WorkingDirectory;

    /// <summary>Looks for the project.</summary>
    public static async Task<ExaminedMachine> FindAsync(
        CallingProcess caller,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var machine = new ExaminedMachine(caller, time);
        try
        {
            machine = machine with { Configuration = ConfigurationFile.Get(caller.WorkingDirectory) };
            return machine with
            {
                Project = await Project
                    .FindAsync(caller.WorkingDirectory, environment: null, cancellationToken)
                    .ConfigureAwait(false),
            };
        }
        catch (LadingException e)
        {
            return machine with { ProjectFailure = e };
        }
    }

    /// <summary>The file that a program's name means; null if there is none on the PATH.</summary>
    public string? FindProgram(string name) => ProgramPath.Find(name, Caller.Variable("PATH"));

    /// <summary>Asks a program something that takes it a moment.</summary>
    /// <returns>Null if it is not on the PATH.</returns>
    public async Task<ProgramResult?> AskAsync(
        string name,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    ) =>
        FindProgram(name) is { } path
            ? await ProgramRunner
                .RunAsync(
                    new ProgramCall(path, arguments) { WorkingDirectory = Folder },
                    ReadOnlyMemory<byte>.Empty,
                    cancellationToken
                )
                .ConfigureAwait(false)
            : null;
}
