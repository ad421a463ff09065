using System.ComponentModel;
using System.Diagnostics;

namespace Lading.Processes;

/// <summary>Converts a call to .NET's <see cref="ProcessStartInfo"/>.</summary>
internal static class ProgramStart
{
    /// <summary>Why a program could not be started: it or its working directory does not exist.</summary>
    public static Exception Failure(ProgramCall call, Win32Exception exception) =>
        call.WorkingDirectory is { Length: > 0 } folder && !Directory.Exists(folder)
            ? new LadingException(
                $"Could not run {call.Program}",
                $"the folder that it was to run in does not exist: {folder}",
                "Create it, or run the command from another folder.",
                innerException: exception
            )
            : new ProgramNotFoundException(call.Program, exception);

    /// <summary>Sets program, arguments, working directory and environment; the streams are up to the caller.</summary>
    public static ProcessStartInfo Of(ProgramCall call)
    {
        var start = new ProcessStartInfo(call.Program)
        {
            UseShellExecute = false,
            WorkingDirectory = call.WorkingDirectory ?? "",
        };
        if (call.CommandLine is { } line)
        {
            start.Arguments = line;
        }

        foreach (var argument in call.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in call.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }
}
