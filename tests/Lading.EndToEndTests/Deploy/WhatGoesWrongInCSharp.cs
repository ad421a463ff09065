namespace Lading.EndToEndTests.Deploy;

/// <summary>The cases of TypeScript, with an app in C#, which takes three times as long to synthesize.</summary>
[Collection(DeployedApps.Name)]
[Trait("Run", "long")]
public sealed class WhatGoesWrongInCSharp(DeployedApp app) : WhatGoesWrong(app)
{
    private protected override SampleApp Sample => SampleApp.CSharp;
}
