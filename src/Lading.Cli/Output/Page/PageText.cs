using System.Globalization;
using Lading.Oci;
using Lading.Running;

namespace Lading.Cli.Output.Page;

/// <summary>Markup for names, times, states and counts that all sections share.</summary>
internal static class PageText
{
    /// <summary>An external name, whose writing direction is isolated.</summary>
    public static Html Name(string? name) => Html.Of($"<bdi>{name}</bdi>");

    public static Html Moment(DateTimeOffset time) =>
        Html.Of($"""<time datetime="{UtcText.Second(time)}">{Format(time, "yyyy-MM-dd HH:mm 'UTC'")}</time>""");

    /// <summary>A time with seconds, such as that at which a fact was read.</summary>
    public static Html ExactMoment(DateTimeOffset time) =>
        Html.Of($"""<time datetime="{UtcText.Second(time)}">{Format(time, "yyyy-MM-dd HH:mm:ss 'UTC'")}</time>""");

    public static Html State(RunningState state) =>
        Badge(ToneOf(state), PlainText.Of(StateWords.Sign(state)), StateWords.TextOf(state));

    /// <summary>A sign, hidden from screen readers, and a word.</summary>
    /// <param name="tone"><c>good</c>, <c>wait</c>, <c>bad</c>, <c>idle</c> or <c>ask</c>.</param>
    /// <param name="sign">One character.</param>
    /// <param name="word">What it means.</param>
    public static Html Badge(string tone, string sign, string word) =>
        Html.Of($"""<span class="badge {tone}"><span aria-hidden="true">{sign}</span> {word}</span>""");

    public static Html Commit(string revision) =>
        Html.Of($"""<code title="{revision}">{ShortCommit.Of(revision)}</code>""");

    /// <summary>A commit with the first line of its message, if this clone has it.</summary>
    public static Html Commit(string revision, IReadOnlyDictionary<string, string> subjects) =>
        subjects.GetValueOrDefault(revision) is { } subject
            ? Html.Of($"""{Commit(revision)} <q class="subject">{Name(subject)}</q>""")
            : Commit(revision);

    public static Html Digest(Digest digest) => Html.Of($"""<code class="long">{digest.ToString()}</code>""");

    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    public static string Tasks(int running, int desired) =>
        string.Create(CultureInfo.InvariantCulture, $"{running} of {Count(desired, "task")}");

    public static string ToneOf(RunningState state) =>
        state switch
        {
            RunningState.Running => "good",
            RunningState.Deploying or RunningState.PartlyRunning => "wait",
            RunningState.RolledBack or RunningState.Hotswapped or RunningState.Drifted => "bad",
            RunningState.Stopped or RunningState.NeverDeployed => "idle",
            _ => "ask",
        };

    public static string KindOf(WorkloadKind kind) =>
        kind switch
        {
            WorkloadKind.Service => "service",
            WorkloadKind.Function => "function",
            WorkloadKind.ScheduledTask => "scheduled task",
            WorkloadKind.Job => "job definition",
            _ => "task definition",
        };

    private static string Format(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
