namespace Lading.EndToEndTests.Deploy;

[Collection(DeployedApps.Name)]
public sealed class WhatGoesWrongInCSharp(DeployedApp app) : WhatGoesWrong(app)
{
    private protected override SampleApp Sample => SampleApp.CSharp;
}
