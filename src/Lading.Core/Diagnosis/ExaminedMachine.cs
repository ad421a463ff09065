using Lading.Configuration;
using Lading.Processes;
using Lading.Projects;

namespace Lading.Diagnosis;

/// <summary>What the checks examine: this machine, and the project of the working directory if there is one.</summary>
internal sealed class ExaminedMachine
{
    private readonly Lazy<ExaminedApp?> app;
    private readonly Lazy<BootstrapWanted?> bootstraps;

    private ExaminedMachine(CallingProcess caller, TimeProvider time, ConfigurationFile? configuration)
    {
        Caller = caller;
        Time = time;
        Configuration = configuration;
        app = new Lazy<ExaminedApp?>(() => ExaminedApp.Find(Folder));
        bootstraps = new Lazy<BootstrapWanted?>(() => App is { } of ? BootstrapWanted.Of(of, caller.Variable) : null);
    }

    /// <summary>The calling process.</summary>
    public CallingProcess Caller { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The path of the configuration; null if there is none.</summary>
    public ConfigurationFile? Configuration { get; }

    /// <summary>The project; null if there is none, or its configuration has errors.</summary>
    public Project? Project { get; private init; }

    /// <summary>The errors of the configuration, or that there is none; null if there is a project.</summary>
    public LadingException? ProjectFailure { get; private init; }

    /// <summary>The project's folder, or the working directory.</summary>
    public string Folder => Configuration?.Folder ?? Caller.WorkingDirectory;

    /// <summary>The CDK app of the folder, read on demand; null if there is none.</summary>
    public ExaminedApp? App => app.Value;

    /// <summary>The bootstraps of the app, read on demand; null if there is no app.</summary>
    public BootstrapWanted? Bootstraps => bootstraps.Value;

    /// <summary>Finds the project.</summary>
    public static async Task<ExaminedMachine> FindAsync(
        CallingProcess caller,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ConfigurationFile? configuration = null;
        try
        {
            configuration = ConfigurationFile.Get(caller.WorkingDirectory);
            return new ExaminedMachine(caller, time, configuration)
            {
                Project = await Project
                    .FindAsync(caller.WorkingDirectory, environment: null, cancellationToken)
                    .ConfigureAwait(false),
            };
        }
        catch (LadingException e)
        {
            return new ExaminedMachine(caller, time, configuration) { ProjectFailure = e };
        }
    }

    /// <summary>The path of a program; null if it is not on the PATH.</summary>
    public string? FindProgram(string name) => ProgramPath.Find(name, Caller.Variable("PATH"));

    /// <summary>Runs a program and returns its output.</summary>
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
