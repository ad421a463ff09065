using Lading.Configuration;
using Lading.Engines;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether a container engine answers, if images are built from Dockerfiles.</summary>
internal sealed class EngineCheck(ExaminedMachine machine) : IHealthCheck
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    public string Name => DoctorCheck.Engine;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var named = EngineChoice.FindNamed(EngineChoice.NamesIn(machine.Caller.Variable));
        var names = named is { } one ? [one.Program] : EngineChoice.Known;
        var answers = await AskAllAsync(names, cancellationToken).ConfigureAwait(false);
        var built = machine.Project?.Configuration.Images.Values.OfType<BuiltImage>().Count();
        return [Decide(answers, named?.Origin, built)];
    }

    /// <param name="answers">The answer of the named engine, or of each known one.</param>
    /// <param name="origin">The variable that names it; null if none does.</param>
    /// <param name="built">How many images are built from Dockerfiles; null if there is no project.</param>
    public static HealthFinding Decide(IReadOnlyList<EngineAnswer> answers, string? origin, int? built)
    {
        if (answers.FirstOrDefault(answer => answer is { IsInstalled: true, Trouble: null }) is { } good)
        {
            return HealthFinding.Fine($"{good.Name} answers");
        }

        var silent = answers.Where(answer => answer.IsInstalled).ToList();
        var text =
            silent.Count > 0
                ? $"no container engine answers: {string.Join("; ", silent.Select(answer => $"{answer.Name}: {answer.Trouble}"))}"
            : origin is not null ? $"{answers[0].Name}, which {origin} names, is not installed"
            : $"no container engine is installed ({string.Join(", ", answers.Select(answer => answer.Name))})";
        return built is 0
            ? HealthFinding.Fine($"{text}; no image needs one")
            : new HealthFinding(
                built is null ? Severity.Warning : Severity.Broken,
                built is null
                    ? text
                    : $"{text}, and {(built == 1 ? "1 image is" : $"{built} images are")} built by one",
                silent.Count > 0 ? $"start {silent[0].Name}" : "install docker, podman or buildah"
            );
    }

    /// <summary>Asks all engines concurrently, until one answers: others may hang.</summary>
    private async Task<IReadOnlyList<EngineAnswer>> AskAllAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pending = names.Select(name => AskAsync(name, cancellation.Token)).ToList();
        var answers = new List<EngineAnswer>();
        while (pending.Count > 0)
        {
            var next = await Task.WhenAny(pending).ConfigureAwait(false);
            pending.Remove(next);
            var answer = await next.ConfigureAwait(false);
            answers.Add(answer);
            if (answer is { IsInstalled: true, Trouble: null })
            {
                await cancellation.CancelAsync().ConfigureAwait(false);
                return answers;
            }
        }

        return [.. answers.OrderBy(answer => names.ToList().IndexOf(answer.Name))];
    }

    private async Task<EngineAnswer> AskAsync(string name, CancellationToken cancellationToken)
    {
        if (machine.FindProgram(name) is not { } path)
        {
            return new EngineAnswer(name, IsInstalled: false, null);
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(AnswerLimit);
        try
        {
            var trouble = await EngineChoice.Of(path).ProbeAsync(limited.Token).ConfigureAwait(false);
            return new EngineAnswer(name, IsInstalled: true, trouble);
        }
        catch (OperationCanceledException)
        {
            return new EngineAnswer(name, IsInstalled: true, $"no answer within {AnswerLimit.TotalSeconds:0} seconds");
        }
    }

    /// <summary>The state of an engine.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="IsInstalled">Whether it is on the PATH.</param>
    /// <param name="Trouble">Why it does not answer; null if it does.</param>
    internal sealed record EngineAnswer(string Name, bool IsInstalled, string? Trouble);
}
