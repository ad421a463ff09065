using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// Notes on what a Dockerfile reads and git does not track, and on what cannot be built, whether or not an engine would
/// fail.
/// </summary>
public sealed class NotingWhatIsLikelyWrong : IAsyncLifetime
{
    private const string Base = "127.0.0.1:5099/lib/busybox:1.36";
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        Configure("""{ "context": "svc" }""");
        repository
            .Write(".gitignore", "# built\ntarget/\ndist/\n.lading/\n")
            .Write("svc/readme", "r\n")
            .Write(
                "lading.bases.json",
                $$"""{ "basesVersion": 1, "bases": { "{{Base}}": { "digest": "sha256:{{new string('1', 64)}}", "onBuild": false } } }"""
            );
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(
        "COPY target/app.jar /app.jar",
        "svc/target/app.jar",
        "COPY target/app.jar matches nothing that git tracks; it is in the working tree, but .gitignore line 2 (target/) excludes it. Build it in a stage, or use \"assemble\" with \"run\""
    )]
    [InlineData(
        "COPY dist/* /srv/",
        "svc/dist/app.js",
        "COPY dist/* matches nothing that git tracks; dist/app.js is in the working tree, but .gitignore line 3 (dist/) excludes it."
    )]
    [InlineData(
        "COPY dist /srv/",
        "svc/dist/app.js",
        "COPY dist matches nothing that git tracks; it is in the working tree, but .gitignore line 3 (dist/) excludes it."
    )]
    [InlineData(
        "RUN --mount=type=bind,source=target,target=/t true",
        "svc/target/app.jar",
        "RUN target matches nothing that git tracks; it is in"
    )]
    [InlineData(
        "COPY . /srv",
        "svc/dist/app.js",
        "COPY . copies what git tracks: not dist/, which git ignores and the ignore file lets in. If the image needs it, build it in a stage, or use "
    )]
    [InlineData("COPY nowhere /srv", "svc/dist/app.js", "COPY nowhere matches nothing that git tracks.")]
    public async Task A_file_that_git_ignores_is_named_with_the_line_and_the_rule(string line, string file, string text)
    {
        Repository.Write("svc/Dockerfile", $"FROM {Base}\n{line}\n").Write(file, "built\n");

        var note = Assert.Single(await NotesAsync());

        Assert.Equal(("web", "svc/Dockerfile", 2), (note.Image, note.Dockerfile, note.Line));
        Assert.StartsWith(text, note.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COPY readme /srv", "svc/dist/app.js", "")]
    [InlineData("COPY read* yarn.lock* /srv/", "svc/dist/app.js", "")]
    [InlineData("COPY . /srv", "other/dist/app.js", "")]
    [InlineData("COPY . /srv", "svc/dist/app.js", "dist\n")]
    [InlineData("COPY --from=0 dist /srv", "svc/dist/app.js", "")]
    public async Task A_flawless_Dockerfile_has_no_notes(string line, string file, string ignore)
    {
        Repository.Write("svc/Dockerfile", $"FROM {Base}\n{line}\n").Write(file, "built\n");
        Repository.Write("svc/.dockerignore", ignore);

        Assert.Empty(await NotesAsync());
    }

    [Theory]
    [InlineData("COPY . /srv", null)]
    [InlineData("COPY dist* /srv/", null)]
    [InlineData("COPY dist /srv/", "COPY dist matches nothing that git tracks.")]
    public async Task Notes_on_a_revision_ignore_the_working_tree(string line, string? text)
    {
        Repository.Write("svc/Dockerfile", $"FROM {Base}\n{line}\n").Write("svc/dist/app.js", "built\n");
        Assert.Single(await NotesAsync());

        var notes = await NotesAsync(new SnapshotRequest([], Revision: "HEAD"));

        Assert.Equal(text is null ? [] : [text], notes.Select(note => note.Text));
    }

    [Fact]
    public async Task A_file_that_the_ignore_file_excludes_is_distinguished()
    {
        Repository.Write("svc/Dockerfile", $"FROM {Base}\nCOPY readme /\n").Write("svc/.dockerignore", "*\n");

        var note = Assert.Single(await NotesAsync());

        Assert.Equal("COPY readme matches nothing: svc/.dockerignore keeps it out of the context.", note.Text);
    }

    [Theory]
    [InlineData("ARG ALPINE_TAG\nFROM alpine:${ALPINE_TAG}\n", "ALPINE_TAG", "alpine:${ALPINE_TAG}")]
    [InlineData("ARG BASE_IMAGE\nFROM $BASE_IMAGE\n", "BASE_IMAGE", "$BASE_IMAGE")]
    public async Task An_argument_without_a_value_is_named_with_the_key_to_set(string text, string name, string listed)
    {
        Repository.Write("svc/Dockerfile", text);

        var note = Assert.Single(await NotesAsync());

        Assert.Equal(2, note.Line);
        Assert.Contains($"set args.{name} of image web in lading.json", note.Text, StringComparison.Ordinal);
        var configuration = await ConfigurationFile.Get(Repository.Folder).ReadAsync(Cancelled);
        var bases = Lading.Bases.ProjectBases.Read(Repository.Folder, configuration, BasePins.None);
        Assert.Equal([listed], bases.Uses.Select(use => use.Reference));
        Configure($$"""{ "context": "svc", "args": { "{{name}}": "3" } }""");
        Assert.Empty(await NotesAsync());
    }

    [Theory]
    [InlineData("ARG ARTIFACT\nCOPY ${ARTIFACT}.jar /\n", true)]
    [InlineData("ARG ARTIFACT\nCOPY readme $ARTIFACT*.war /srv/\n", true)]
    [InlineData("ARG ARTIFACT\nCOPY ${ARTIFACT:-lost}.jar /\n", false)]
    [InlineData("ARG ARTIFACT=lost\nCOPY ${ARTIFACT}.jar /\n", false)]
    [InlineData("COPY ${ARTIFACT}.jar /\n", false)]
    public async Task An_argument_without_a_value_in_a_path_is_named_with_the_key_to_set(string text, bool isNamed)
    {
        Repository.Write("svc/Dockerfile", $"FROM {Base}\n{text}").Write("svc/app.jar", "jar\n");
        Repository.Write(
            "lading.bases.json",
            $$"""{ "basesVersion": 2, "bases": { "{{Base}}": { "digest": "sha256:{{new string('1', 64)}}", "onBuild": false, "env": {} } } }"""
        );

        var note = Assert.Single(await NotesAsync());

        Assert.Equal(
            isNamed,
            note.Text.StartsWith(
                "COPY needs ARG ARTIFACT, which has no value: set args.ARTIFACT of image web",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(!isNamed, note.Text.Contains("matches nothing", StringComparison.Ordinal));
        Configure("""{ "context": "svc", "args": { "ARTIFACT": "app" } }""");
        Assert.Equal(text.StartsWith("COPY", StringComparison.Ordinal) ? 1 : 0, (await NotesAsync()).Count);
    }

    [Fact]
    public async Task A_name_that_is_not_a_stage_is_reported()
    {
        Repository.Write(
            "svc/Dockerfile",
            $"FROM {Base} AS build\nCOPY --from=build /a /a\nCOPY --from=templates / /t\n"
        );

        var note = Assert.Single(await NotesAsync());

        Assert.Equal(3, note.Line);
        Assert.StartsWith(
            "--from=templates is not a stage: name its folder under contexts of image web",
            note.Text,
            StringComparison.Ordinal
        );
        Repository.Write("templates/t", "t\n");
        Configure("""{ "context": "svc", "contexts": { "templates": "templates" } }""");
        Assert.Empty(await NotesAsync());
    }

    [Theory]
    [InlineData("${COMMIT}", true)]
    [InlineData("v-{commit}", true)]
    [InlineData("$(git rev-parse HEAD)", true)]
    [InlineData("Release", false)]
    [InlineData("{}", false)]
    public async Task Variables_that_other_tools_would_replace_are_reported_as_taken_literally(
        string value,
        bool isTold
    )
    {
        Configure($$"""{ "context": "svc", "args": { "VERSION": "{{value}}" } }""");
        Repository.Write("svc/Dockerfile", $"FROM {Base}\nARG VERSION\n");

        var notes = await NotesAsync();

        Assert.Equal(
            isTold ? [$"args.VERSION is literally \"{value}\": lading.json does not expand variables"] : [],
            notes.Select(note => note.Text)
        );
    }

    private void Configure(string image) =>
        Repository.Write("lading.json", $$"""{ "project": "p", "images": { "web": {{image}} } }""");

    private async Task<IReadOnlyList<BuildNote>> NotesAsync()
    {
        await Repository.CommitAsync("All");
        var notes = await NotesAsync(new SnapshotRequest([]));
        // If nobody asks for uncommitted changes, git is queried differently.
        Assert.Equal(notes, await NotesAsync(new SnapshotRequest([]) { TellsChanges = false }));
        return notes;
    }

    private async Task<IReadOnlyList<BuildNote>> NotesAsync(SnapshotRequest request)
    {
        var file = ConfigurationFile.Get(Repository.Folder);
        var project = new ProjectFolder(file.Folder, await file.ReadAsync(Cancelled));
        using var scratch = new TestFolder();
        await using var sources = await ProjectSnapshot.OpenAsync(
            project,
            request,
            scratch.Combine("objects"),
            Cancelled
        );
        return await BuildNotes.FindAsync(sources, sources.Images, Cancelled);
    }
}
