using Lading.Processes;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether there is a .NET SDK for an app in C#.</summary>
internal sealed class DotnetCheck(ExaminedMachine machine) : IHealthCheck
{
    /// <summary>The oldest that Lading's construct library supports.</summary>
    private const int Oldest = 8;

    public string Name => DoctorCheck.Dotnet;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (machine.App?.Language is not ("C#" or "F#" or "Visual Basic"))
        {
            return [HealthFinding.Fine("no CDK app in C# that needs the .NET SDK")];
        }

        // In the app's folder, whose global.json counts.
        return [Decide(await machine.AskAsync("dotnet", ["--version"], cancellationToken).ConfigureAwait(false))];
    }

    /// <param name="answer">The output of <c>dotnet --version</c>; null if there is no dotnet.</param>
    public static HealthFinding Decide(ProgramResult? answer)
    {
        if (answer is null)
        {
            return HealthFinding.Broken(
                "dotnet is not on the PATH, and the CDK app is in C#",
                "install the .NET SDK 10"
            );
        }

        if (answer.ExitCode != 0)
        {
            // The SDK's message: which version global.json requests, and which are installed.
            var message = (answer.Error.Trim().Length > 0 ? answer.Error : answer.Text).Trim().Split('\n');
            return HealthFinding.Broken(
                $"no .NET SDK fits the CDK app: {string.Join(' ', message.Select(line => line.Trim()).Where(line => line.Length > 0).Take(4))}",
                "install the one that global.json names, or change global.json"
            );
        }

        return ProgramVersion.Find(answer.Text) is not { } version
                ? HealthFinding.Unknown("dotnet does not report its version")
            : version.Major < Oldest
                ? HealthFinding.Broken(
                    $".NET SDK {version} is older than {Oldest}, which the construct library needs",
                    "install the .NET SDK 10"
                )
            : HealthFinding.Fine($".NET SDK {version}");
    }
}
