using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>CloudFormation's operations on change sets, over <see cref="TestStacks"/>.</summary>
internal sealed class ChangeSetsApi(TestStacks stacks, TestBuckets buckets, XNamespace ns)
{
    private ChangeSetDocuments Documents => field ??= new ChangeSetDocuments(ns);

    public static IReadOnlyList<string> Operations { get; } =
    [
        "cloudformation:CreateChangeSet",
        "cloudformation:DescribeChangeSet",
        "cloudformation:DeleteChangeSet",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:ListChangeSets",
        "cloudformation:CancelUpdateStack",
    ];

    public List<TestChangeSet> Sets { get; } = [];

    /// <summary>The parameters of each request for a change set, the newest last.</summary>
    public List<IReadOnlyDictionary<string, string>> Requests { get; } = [];

    /// <summary>Why the next change set cannot be created; null if it can.</summary>
    public string? FailsToMake { get; set; }

    /// <summary>Runs before the next change set is created: somebody else's update, for example.</summary>
    public Action? BeforeCreation { get; set; }

    /// <summary>Whether the next execution begins, but its answer is lost.</summary>
    public bool LosesAnswer { get; set; }

    /// <summary>Runs before the next change set is executed: somebody else's update, for example.</summary>
    public Action? BeforeExecution { get; set; }

    /// <summary>Runs before the next update is cancelled: the end of that update, for example.</summary>
    public Action? BeforeCancellation { get; set; }

    /// <summary>Executes change sets in place of <see cref="TestStacks"/>; null if that executes them.</summary>
    public Action<TestChangeSet>? Execution { get; set; }

    /// <summary>More changes for the next change set, such as those that only CloudFormation knows.</summary>
    public List<TestChange> More { get; } = [];

    /// <summary>The answer to an operation on change sets; null for other operations.</summary>
    public (string? Error, string Message, XElement[] Result)? Answer(
        string operation,
        IReadOnlyDictionary<string, string> form,
        TestStack? stack
    ) =>
        operation switch
        {
            "CreateChangeSet" => Create(form, stack!),
            "DescribeChangeSet" => Sets.Find(set =>
                set.Id == form.GetValueOrDefault("ChangeSetName") && (!set.IsDeleted || set.IsExecuted)
            )
                is { } set
                ? (null, "", Describe(set))
                : Missing,
            "DeleteChangeSet" => Delete(form),
            "ExecuteChangeSet" => Find(form) is { } set ? Execute(set) : Missing,
            "CancelUpdateStack" => Cancel(stack!),
            "ListChangeSets" => (null, "", [List(stack!)]),
            "GetTemplate" when form.ContainsKey("ChangeSetName") => Find(form) is { } set
                ? (null, "", [Text("TemplateBody", set.Template)])
                : Missing,
            _ => null,
        };

    private static (string? Error, string Message, XElement[] Result) Missing =>
        ("ChangeSetNotFound", "ChangeSet does not exist", []);

    private TestChangeSet? Find(IReadOnlyDictionary<string, string> form) =>
        Sets.Find(set => set.Id == form.GetValueOrDefault("ChangeSetName") && !set.IsDeleted);

    private (string? Error, string Message, XElement[] Result) Create(
        IReadOnlyDictionary<string, string> form,
        TestStack stack
    )
    {
        (var before, BeforeCreation) = (BeforeCreation, null);
        before?.Invoke();
        Requests.Add(form);
        var text = form.TryGetValue("TemplateURL", out var address) ? buckets.Find(address) : form["TemplateBody"];
        if (text is null)
        {
            return ("ValidationError", "S3 error: The specified key does not exist.", []);
        }

        // CloudFormation quotas, "Template body size in a request".
        if (address is null && text.Length > 51_200)
        {
            return ("ValidationError", "1 validation error detected: TemplateBody is too long", []);
        }

        var given = form.Where(pair => pair.Key.StartsWith("Capabilities.", StringComparison.Ordinal))
            .Select(pair => pair.Value)
            .ToList();
        if (stack.Capabilities.Find(each => !given.Contains(each)) is { } missing)
        {
            return ("InsufficientCapabilitiesException", $"Requires capabilities : [{missing}]", []);
        }

        var named = form.Where(pair => pair.Key.EndsWith(".ParameterKey", StringComparison.Ordinal))
            .Select(pair => pair.Value)
            .ToList();
        if (stack.Parameters.Keys.FirstOrDefault(key => !named.Contains(key)) is { } key)
        {
            return ("ValidationError", $"Parameters: [{key}] must have values", []);
        }

        var set = new ChangeSetMaking(stacks, buckets, Sets).Make(stack, form["ChangeSetName"], text, More);
        return (null, "", [Text("Id", set.Id), Text("StackId", stack.Id)]);
    }

    /// <summary>
    /// Lists those that are neither executed nor deleted (CloudFormation API reference, ListChangeSets).
    /// </summary>
    private XElement List(TestStack stack) =>
        new(
            ns + "Summaries",
            Sets.Where(set => set.Stack == stack && !set.IsDeleted)
                .Select(set => new XElement(
                    ns + "member",
                    Text("StackId", stack.Id),
                    Text("StackName", stack.Name),
                    Text("ChangeSetId", set.Id),
                    Text("ChangeSetName", set.Name),
                    Text("Status", set.Status),
                    Text("ExecutionStatus", ExecutionStatusOf(set))
                ))
        );

    private static string ExecutionStatusOf(TestChangeSet set) =>
        set.IsExecuted ? "EXECUTE_IN_PROGRESS"
        : set.Status == "CREATE_COMPLETE" ? "AVAILABLE"
        : "UNAVAILABLE";

    private XElement[] Describe(TestChangeSet set)
    {
        var answer = new[]
        {
            Text("ChangeSetId", set.Id),
            Text("ChangeSetName", set.Name),
            Text("StackId", set.Stack.Id),
            Text("StackName", set.Stack.Name),
            Text("Status", set.Status),
            Text("ExecutionStatus", ExecutionStatusOf(set)),
            Text("StatusReason", set.Reason),
            new XElement(ns + "Parameters", set.Stack.Parameters.Select(each => Documents.ParameterOf(set, each))),
            new XElement(ns + "Changes", set.Changes.Select(Documents.Of)),
        };
        // Its creation ends before the next look.
        if (set.Status == "CREATE_IN_PROGRESS")
        {
            (set.Status, set.Reason) =
                (FailsToMake ?? set.Problem) is { } reason ? ("FAILED", reason)
                : set.Changes.Count == 0
                    ? (
                        "FAILED",
                        "The submitted information didn't contain changes. Submit different information to create a change set."
                    )
                : ("CREATE_COMPLETE", "");
            FailsToMake = null;
        }

        return answer;
    }

    private (string? Error, string Message, XElement[] Result) Delete(IReadOnlyDictionary<string, string> form)
    {
        if (Find(form) is { } set)
        {
            set.IsDeleted = true;
        }

        return (null, "", []);
    }

    private (string? Error, string Message, XElement[] Result) Execute(TestChangeSet set)
    {
        BeforeExecution?.Invoke();
        BeforeExecution = null;
        if (set.Status != "CREATE_COMPLETE" || set.Stack.UpdatedAt != set.MadeFor || set.Stack.IsInProgress)
        {
            return (
                "InvalidChangeSetStatus",
                $"ChangeSet [{set.Id}] cannot be executed in its current status of [OBSOLETE]",
                []
            );
        }

        (set.IsDeleted, set.IsExecuted) = (true, true);
        (Execution ?? Begin)(set);
        (var isLost, LosesAnswer) = (LosesAnswer, false);
        return isLost ? ("InternalFailure", "Something went wrong", []) : (null, "", []);
    }

    private void Begin(TestChangeSet set)
    {
        foreach (var nested in set.Nested)
        {
            Begin(nested);
        }

        stacks.Begin(StackPlan.Read(set.Stack.Name, set.Template, set.Stack.Plan));
    }

    private (string? Error, string Message, XElement[] Result) Cancel(TestStack stack)
    {
        (var before, BeforeCancellation) = (BeforeCancellation, null);
        before?.Invoke();
        if (stack.Status != "UPDATE_IN_PROGRESS")
        {
            return (
                "ValidationError",
                $"CancelUpdateStack cannot be called from current stack status {stack.Status}",
                []
            );
        }

        stacks.Cancel(stack);
        return (null, "", []);
    }

    private XElement Text(string name, string value) =>
        new(ns + name, string.Create(CultureInfo.InvariantCulture, $"{value}"));
}
